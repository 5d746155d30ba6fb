#pragma once

#include <nats/nats.h>

#include <string>

#include "base/result.h"

namespace euphone::fleet {

// The functions of libnats that are used, by their own names.
#define EUPHONE_EACH_OF_NATS(each)                                                                                     \
  each(nats_GetLastError) each(natsStatus_GetText) each(natsOptions_Create) each(natsOptions_Destroy) each(            \
      natsOptions_SetServers) each(natsOptions_SetName) each(natsOptions_SetTimeout) each(natsOptions_SetMaxReconnect) \
      each(natsOptions_SetReconnectWait) each(natsOptions_SetReconnectJitter) each(                                    \
          natsOptions_SetReconnectBufSize) each(natsOptions_SetMaxPendingMsgs) each(natsOptions_SetSecure)             \
          each(natsOptions_LoadCATrustedCertificates) each(natsOptions_LoadCertificatesChain) each(                    \
              natsOptions_SetUserCredentialsFromFiles) each(natsOptions_SetErrorHandler)                               \
              each(natsOptions_SetDisconnectedCB) each(natsOptions_SetReconnectedCB) each(                             \
                  natsOptions_SetClosedCB) each(natsOptions_SetPingInterval) each(natsOptions_SetCustomInboxPrefix)    \
                  each(natsOptions_SetMaxPingsOut) each(natsConnection_Connect) each(natsConnection_Close) each(       \
                      natsConnection_Destroy) each(natsConnection_Status) each(natsConnection_GetMaxPayload)           \
                      each(natsConnection_FlushTimeout) each(natsConnection_Publish) each(                             \
                          natsConnection_Request) each(natsConnection_QueueSubscribe) each(natsConnection_Subscribe)   \
                          each(natsConnection_JetStream) each(natsSubscription_SetPendingLimits) each(                 \
                              natsSubscription_SetOnCompleteCB) each(natsSubscription_Unsubscribe)                     \
                              each(natsSubscription_Destroy) each(natsSubscription_Fetch) each(                        \
                                  natsMsg_Destroy) each(natsMsg_GetSubject) each(natsMsg_GetReply)                     \
                                  each(natsMsg_GetData) each(natsMsg_GetDataLength) each(natsMsg_GetMetaData) each(    \
                                      natsMsg_Ack) each(natsMsg_AckSync) each(natsMsg_Term) each(natsMsg_NakWithDelay) \
                                      each(natsMsg_InProgress) each(natsMsgList_Destroy) each(                         \
                                          jsMsgMetaData_Destroy) each(jsCtx_Destroy) each(jsOptions_Init)              \
                                          each(jsStreamConfig_Init) each(jsConsumerConfig_Init) each(                  \
                                              jsPubOptions_Init) each(jsSubOptions_Init) each(js_AddStream)            \
                                              each(js_UpdateStream) each(js_DeleteStream) each(                        \
                                                  js_PurgeStream) each(js_GetStreamInfo) each(jsStreamInfo_Destroy)    \
                                                  each(js_AddConsumer) each(js_UpdateConsumer) each(                   \
                                                      js_GetConsumerInfo) each(js_DeleteConsumer)                      \
                                                      each(jsConsumerInfo_Destroy) each(js_Publish) each(              \
                                                          js_PublishAsync) each(js_PublishAsyncComplete)               \
                                                          each(js_PublishAsyncGetPendingList) each(                    \
                                                              jsPubAck_Destroy) each(js_PullSubscribe)                 \
                                                              each(js_CreateKeyValue) each(js_KeyValue) each(          \
                                                                  kvConfig_Init) each(kvStore_Destroy)                 \
                                                                  each(kvStore_Get) each(                              \
                                                                      kvStore_Put) each(kvStore_Create)                \
                                                                      each(kvStore_Update) each(                       \
                                                                          kvStore_Delete) each(kvStore_Keys)           \
                                                                          each(kvKeysList_Destroy) each(               \
                                                                              kvStore_Watch) each(kvWatcher_Next)      \
                                                                              each(kvWatcher_Stop) each(               \
                                                                                  kvWatcher_Destroy)                   \
                                                                                  each(kvEntry_Key) each(              \
                                                                                      kvEntry_Value)                   \
                                                                                      each(kvEntry_ValueLen) each(     \
                                                                                          kvEntry_Revision)            \
                                                                                          each(                        \
                                                                                              kvEntry_Operation)       \
                                                                                              each(                    \
                                                                                                  kvEntry_Destroy)

/// libnats, found when the first connection is asked for: linked, it would be loaded, with what it
/// needs, whenever the program starts. Only sources of this folder include this header.
struct NatsApi {
#define EUPHONE_HOLD(name) decltype(&::name) name = nullptr;
  EUPHONE_EACH_OF_NATS(EUPHONE_HOLD)
#undef EUPHONE_HOLD
};

/// Loads it; once. Fails: kNotFound (it is not installed), kUnsupported (too old). Thread: any.
Result<const NatsApi*> LoadNats();

/// REQUIRES: LoadNats() has succeeded, as it has wherever there is a Broker.
const NatsApi& Nats();

/// Frees what libnats made, by the function of the given name.
#define EUPHONE_NATS_OWNER(Owner, type, destroy)                    \
  struct Owner##Destroy {                                           \
    void operator()(type* object) const { Nats().destroy(object); } \
  };                                                                \
  using Owner = std::unique_ptr<type, Owner##Destroy>

/// "WHAT: reason", with a code that fits the status. Where the server said more than the status
/// (JetStream does), that is the reason.
Error NatsFailure(const std::string& what, natsStatus status);

}  // namespace euphone::fleet
