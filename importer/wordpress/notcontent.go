package wordpress

import "strings"

// notContent says why items of a type are named in the report and not stored,
// "" if they are content. WordPress and its plugins keep much in items that
// never was an article: how the site looked, what it was set to, and what
// people sent it in confidence. Storing that would make a public page of it.
func notContent(kind string) string {
	switch kind {
	case "wp_navigation", "wp_template", "wp_template_part", "wp_global_styles", "wp_font_family", "wp_font_face", "custom_css", "safecss",
		"customize_changeset", "elementor-hf", "elementor_library", "elementor_font", "elementor_icons", "elementor_snippet",
		"et_pb_layout", "et_template", "et_theme_builder", "et_header_layout", "et_body_layout", "et_footer_layout", "fusion_template",
		"fusion_element", "fusion_icons", "vc_grid_item", "vc4_templates", "fl-builder-template", "fl-theme-layout", "ct_template", "oxy_user_library",
		"bricks_template", "brizy_template", "jet-theme-core", "popup", "popup_theme", "ml-slider", "ml-slide", "soliloquy", "envira",
		"nav_menu_locations", "astra-advanced-hook", "generate_premium_element", "gp_elements", "ocean_modal_window", "megamenu":
		return "part of the site's look, not of its content"
	case "wp_block":
		return "a pattern of the block editor: its text stands in every text that uses it"
	case "revision":
		return "an older state of a text, which the export gives without its place"
	case "oembed_cache", "amp_validated_url":
		return "a copy of another site's answer"
	case "acf-field-group", "acf-field", "acf-post-type", "acf-taxonomy", "acf-ui-options-page", "wpcf7_contact_form", "wpforms", "mc4wp-form",
		"ninja_forms", "nf_form", "forminator_forms", "polylang_mo", "tribe-ea-record", "wpcode", "wp-types-group", "wp-types-user-group",
		"view", "view-template", "cred-form", "optionsframework", "wp_stream_alerts", "bp-email", "jp_img_sitemap", "jp_sitemap",
		"jp_sitemap_master", "sitepress", "cptui", "tt_font_control", "scheduled-action", "rank_math_schema", "wp_router_page":
		return "a plugin's own settings"
	case "user_request", "feedback", "flamingo_contact", "flamingo_inbound", "flamingo_outbound", "nf_sub", "wpforms_entries", "cfdb7",
		"shop_order", "shop-order", "shop_order_refund", "shop_order_placehold", "shop_subscription", "shop-coupon", "shop_coupon",
		"edd_payment", "edd_log", "edd_discount", "give_payment", "give_forms_donor", "jp_pay_order", "tribe_rsvp_attendees", "tribe_tpp_attendees",
		"wp_log", "mailpoet_page", "es_template", "newsletter_log", "subscriber", "wpsc_ticket", "ticket_log":
		return "what people sent or ordered, private to them"
	}
	if strings.HasPrefix(kind, "_") {
		return "a plugin's own bookkeeping"
	}
	return ""
}
