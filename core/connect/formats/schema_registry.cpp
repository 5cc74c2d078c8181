#include "core/connect/formats/schema_registry.h"

#include <cstdint>
#include <set>

#include "core/base/ascii.h"
#include "core/connect/connections/http_connection.h"
#include "core/net/http_error.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

constexpr const char* kRegistryType = "application/vnd.schemaregistry.v1+json";
/// error_code of an answer 404: the registry has no such schema, or no such subject.
constexpr int kSchemaNotFound = 40403;

/// The answer as an object, an empty one where it is none.
Json registryAnswer(const HttpAnswer& answer) {
    Result<Json> read = parseJson(answer.body);
    return read.ok() && read->is_object() ? *std::move(read) : Json::object();
}

bool saysNotFound(const Json& answer) {
    const auto code = answer.find("error_code");
    return code != answer.end() && *code == kSchemaNotFound;
}

const std::string* registryText(const Json& answer, const char* name) {
    const auto found = answer.find(name);
    return found != answer.end() && found->is_string() ? &found->get_ref<const std::string&>() : nullptr;
}

/// A word of a path, its odd characters as %20.
std::string inRegistryPath(std::string_view word) {
    std::string out;
    for (const char c : word) {
        if (isAsciiLetter(c) || isAsciiDigit(c) || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
    return out;
}

/// The schema of an answer.
WriterSchemas::Known knownSchema(const Json& answer, std::uint32_t id) {
    const std::string* const type = registryText(answer, "schemaType");
    if (type != nullptr && *type != "AVRO")
        return {nullptr,
                RW_TEXT("formats", "The schema %1 is of the kind %2, and not Avro.").with(id, *type)};
    const auto references = answer.find("references");
    if (references != answer.end() && !references->empty())
        return {
            nullptr,
            RW_TEXT("formats", "The schema %1 refers to other schemas, which are not read here.").with(id)};
    Result<AvroSchema> schema = AvroSchema::parse(*registryText(answer, "schema"));
    if (!schema.ok())
        return {nullptr, RW_TEXT("formats", "The schema %1 of the registry can't be used: %2")
                             .with(id, schema.error().message)};
    return {std::make_shared<const AvroSchema>(*std::move(schema)), {}};
}

}  // namespace

Result<HttpServer> registryServer(const NodeConnection& connection) {
    RW_TRY_ASSIGN(HttpServer server, httpServer(connection));
    server.largestAnswer = std::size_t{16} << 20;
    server.answerWithin = 20'000;  // rows wait for it
    return server;
}

Result<HttpAnswer> SchemaRegistry::ask(HttpRequest request) {
    request.headers.push_back({"Accept", kRegistryType});
    return m_client.send(request);
}

Status SchemaRegistry::learn(const ReceivedMessages& messages, WriterSchemas& schemas) {
    const std::shared_ptr<Clock> clock = systemClock();
    std::set<std::uint32_t> unknown;
    std::optional<std::uint32_t> last;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto value = messages.value(i);
        const auto id = value ? schemaIdOf(*value) : std::nullopt;
        if (!id || id == last) continue;
        last = id;
        if (schemas.mayAsk(*id, clock->steadyMillis())) unknown.insert(*id);
    }
    for (const std::uint32_t id : unknown) {
        if (!schemas.mayAsk(id, clock->steadyMillis())) continue;  // too many were missing meanwhile
        HttpRequest request;
        request.path = fmt::format("/schemas/ids/{}", id);
        RW_TRY_ASSIGN(const HttpAnswer answer, ask(std::move(request)));
        const Json read = registryAnswer(answer);
        if (answer.status == 404 && saysNotFound(read)) {
            schemas.miss(id, RW_TEXT("formats", "The registry has no schema %1.").with(id),
                         clock->steadyMillis());
            continue;
        }
        if (answer.status >= 400) return refused(answer.status, read);
        if (registryText(read, "schema") == nullptr) return notARegistry();
        schemas.add(id, knownSchema(read, id));
    }
    return {};
}

Result<std::uint32_t> SchemaRegistry::idOf(const std::string& subject, const std::string& schema) {
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.path = "/subjects/" + inRegistryPath(subject) + "/versions";
    Json body = Json::object();
    body["schema"] = schema;
    request.body = body.dump();
    request.headers.push_back({"Content-Type", kRegistryType});
    RW_TRY_ASSIGN(const HttpAnswer answer, ask(std::move(request)));
    const Json read = registryAnswer(answer);
    constexpr long kConflict = 409;
    if (answer.status == kConflict)
        return Status(ErrorCode::Refused,
                      RW_TEXT("formats",
                              "The registry at %1 does not take the schema for “%2”: its readers could "
                              "not read it.")
                          .with(m_client.server().address, subject),
                      RW_TEXT("formats",
                              "Keep the columns that the subject has, choose another subject, or change the "
                              "compatibility that the registry asks for."));
    if (answer.status >= 400) return refused(answer.status, read);
    const auto id = read.find("id");
    if (id == read.end() || !id->is_number_unsigned() || id->get<std::uint64_t>() > UINT32_MAX)
        return notARegistry();
    return id->get<std::uint32_t>();
}

Status SchemaRegistry::refused(long status, const Json& read) const {
    const std::string* const words = registryText(read, "message");
    return refusedAnswer(m_client.server(), status, words != nullptr ? *words : std::string());
}

Status SchemaRegistry::notARegistry() const {
    return strangeAnswer(m_client.server(), RW_TEXT("formats", "it is no schema registry"));
}

Result<std::unique_ptr<const MessageEncoder>> registeredEncoder(EncoderOptions options,
                                                                const std::optional<NodeConnection>& registry,
                                                                const std::string& subject,
                                                                std::function<bool()> stopping) {
    if (registry) {
        RW_TRY_ASSIGN(HttpServer server, registryServer(*registry));
        SchemaRegistry asked(std::move(server));
        asked.cancelWhen(std::move(stopping));
        RW_TRY_ASSIGN(options.schemaId, asked.idOf(subject, options.avroSchema));
    }
    return makeMessageEncoder(std::move(options));
}

}  // namespace rw
