include $(sort $(wildcard $(BR2_EXTERNAL_EUPHONE_PATH)/package/*/*.mk))
