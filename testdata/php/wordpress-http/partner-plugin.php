<?php
/*
Plugin Name: Contoso licences
*/
include_once plugin_dir_path(__FILE__) . 'includes/login.php';

add_shortcode('licences', function ($atts) {
    $token = contoso_login($atts['mode']);
    $args = array('headers' => array('Authorization' => 'Bearer ' . $token));
    // pcmfa: call verdict=blocked from=client-credentials,ropc
    $response = wp_remote_get(CONTOSO_PARTNER . '/v1/customers/' . $atts['customer'] . '/subscribedskus', $args);
    $licences = json_decode(wp_remote_retrieve_body($response));

    // pcmfa: decoy
    wp_remote_post('https://hooks.contoso.example/v1/invoices', array('body' => array('event' => 'licences')));

    return esc_html($licences->totalCount);
});
