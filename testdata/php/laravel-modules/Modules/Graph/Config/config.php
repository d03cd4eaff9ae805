<?php

return [
    'name' => 'Graph',
    'authority' => 'https://login.microsoftonline.com',
    'resource' => 'https://graph.microsoft.com',
];
