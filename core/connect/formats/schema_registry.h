// A schema registry that speaks Confluent's HTTP: https://docs.confluent.io/platform/current/schema-registry/
// develop/api.html. A message of it is a byte 0, the id of its schema (4 bytes, the highest first), and then
// the record.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/connect/avro/writer_schemas.h"
#include "core/connect/connections/connections.h"
#include "core/connect/formats/message_encoder.h"
#include "core/connect/formats/received_messages.h"
#include "core/net/http_client.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// The server of a connection of kind “http”, as httpServer() makes it. Where waiting is allowed
/// (NodeConnection::secret).
Result<HttpServer> registryServer(const NodeConnection& connection);

/// Single-threaded, but for cancel(). It waits: for the threads of sources' readers and of sinks.
class SchemaRegistry {
 public:
    explicit SchemaRegistry(HttpServer server) : m_client(std::move(server)) {}

    /// Asks for the schemas of messages that `schemas` does not know yet, so that they can be decoded. An
    /// error that time may mend, or the user: nothing of `messages` is to be decoded before it has passed. A
    /// schema that the registry does not have, or that is none, is no error here: its messages are set aside.
    Status learn(const ReceivedMessages& messages, WriterSchemas& schemas);
    /// The id of the schema under that subject (“orders-value”), registered where it is new.
    Result<std::uint32_t> idOf(const std::string& subject, const std::string& schema);

    void cancel() { m_client.cancel(); }
    void cancelWhen(std::function<bool()> asked) { m_client.cancelWhen(std::move(asked)); }
    const std::atomic<bool>* cancelWith(const std::atomic<bool>* flag) { return m_client.cancelWith(flag); }

 private:
    Result<HttpAnswer> ask(HttpRequest request);
    Status refused(long status, const Json& read) const;
    Status notARegistry() const;

    HttpClient m_client;
};

/// The encoder of a sink. Where there is a `registry`, this waits for the id that it has for the schema under
/// the subject; `stopping` ends that.
Result<std::unique_ptr<const MessageEncoder>> registeredEncoder(EncoderOptions options,
                                                                const std::optional<NodeConnection>& registry,
                                                                const std::string& subject,
                                                                std::function<bool()> stopping);

}  // namespace rw
