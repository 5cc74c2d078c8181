#include "core/connect/formats/subject_messages.h"

#include <utility>

#include "core/connect/formats/schema_registry.h"

namespace rw {

namespace {
constexpr Millis kRegistryWithin = 10'000;  // a person waits
}  // namespace

ReceivedMessages receivedOf(const SubjectContent& content) {
    ReceivedMessages messages;
    for (const SubjectMessage& each : content.messages) {
        ReceivedMessage message;
        if (each.value) message.value = *each.value;
        message.timestamp = each.timestamp;
        message.partition = each.partition;
        message.offset = each.offset;
        if (!messages.fits(message)) break;
        messages.add(message);
    }
    return messages;
}

std::optional<std::uint32_t> newestSchemaOf(const SubjectContent& content) {
    for (auto message = content.messages.rbegin(); message != content.messages.rend(); ++message) {
        if (!message->value) continue;
        if (const auto id = schemaIdOf(*message->value)) return id;
    }
    return std::nullopt;
}

Status learnSchemas(const NodeConnection& registry, const std::atomic<bool>* cancelled,
                    SubjectContent& content) {
    RW_TRY_ASSIGN(HttpServer server, registryServer(registry));
    server.answerWithin = kRegistryWithin;
    server.tries = 1;
    SchemaRegistry asked(std::move(server));
    if (cancelled != nullptr) asked.cancelWith(cancelled);
    auto schemas = std::make_shared<WriterSchemas>();
    RW_TRY(asked.learn(receivedOf(content), *schemas));
    content.schemas = std::move(schemas);
    return {};
}

}  // namespace rw
