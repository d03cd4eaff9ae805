<?php
$url = 'https://login.microsoftonline.com/common/oauth2/authorize?response_type=code&prompt=login';
$url .= '&client_id=' . urlencode(getenv('CLIENT_ID'));
$url .= '&redirect_uri=' . urlencode(getenv('REDIRECT_URI'));
$url .= '&resource=' . urlencode('https://api.partnercenter.microsoft.com');
header('Location: ' . $url);
