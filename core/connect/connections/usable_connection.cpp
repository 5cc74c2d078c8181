#include "core/connect/connections/usable_connection.h"

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/whole_file.h"
#include "core/connect/connections/host_port.h"
#include "core/net/http_error.h"
#include "core/pipeline/variables.h"

namespace rw {

namespace {

constexpr std::size_t kLongestName = 80, kLongestValue = 8'192, kLargestPem = std::size_t{4} << 20;

Status inParam(const std::string& param, const Status& status) {
    if (status.ok()) return status;
    Error error = status.error();
    error.param = param;
    return Status(std::move(error));
}

Status wrongConnection(Text message, Text fix) {
    return {ErrorCode::Invalid, std::move(message), std::move(fix)};
}

bool hasControl(std::string_view text, std::string_view but = {}) {
    return std::any_of(text.begin(), text.end(),
                       [but](char c) { return isAsciiControl(c) && but.find(c) == std::string_view::npos; });
}

Status usableHeader(std::string_view line) {
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    // The line may be a secret that was typed into the wrong field: it is not repeated.
    if (colon == std::string_view::npos || !isHeaderName(name))
        return wrongConnection(RW_TEXT("connections", "A line is no header."),
                               RW_TEXT("connections", "Write each on a line of its own, as X-Team: shop."));
    if (isSecretHeader(name, line.substr(colon + 1)))
        return wrongConnection(
            RW_TEXT("connections", "The header %1 would be a secret in a file.").with(std::string(name)),
            RW_TEXT("connections",
                    "Leave it out. Give a token, or name it as the header of the API key and give the key."));
    return {};
}

Status usableHeaders(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        if (!line.empty()) RW_TRY(usableHeader(line));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

Text choicesOf(const ConnectionFieldSpec& field) {
    Text all;
    for (const Choice& choice : field.choices)
        all = all.empty() ? RW_TEXT("connections", "“%1”").with(choice.value)
                          : RW_TEXT("connections", "%1, “%2”").with(all, choice.value);
    return all;
}

Status usableValue(const ConnectionFieldSpec& field, const std::string& value) {
    if (value.size() > kLongestValue)
        return wrongConnection(RW_TEXT("connections", "The text is too long."),
                               RW_TEXT("connections", "Shorten it."));
    if (hasControl(value, field.type == ConnectionFieldSpec::Type::Headers ? "\n" : ""))
        return wrongConnection(
            RW_TEXT("connections", "There is a line break, or another control character, in it."),
            RW_TEXT("connections", "Write it on one line."));
    switch (field.type) {
        case ConnectionFieldSpec::Type::Line:
        case ConnectionFieldSpec::Type::File:
            return {};
        case ConnectionFieldSpec::Type::Address:
            return parseHostPort(value, field.port).status();
        case ConnectionFieldSpec::Type::Addresses:
            return parseHostPorts(value, field.port).status();
        case ConnectionFieldSpec::Type::Url: {
            HttpServer server;
            server.address = value;
            RW_TRY(usableServer(server));
            return hostPortOfUrl(value).status();
        }
        case ConnectionFieldSpec::Type::Headers:
            return usableHeaders(value);
        case ConnectionFieldSpec::Type::Choice:
            break;
    }
    const bool known = std::any_of(field.choices.begin(), field.choices.end(),
                                   [&value](const Choice& choice) { return choice.value == value; });
    if (known) return {};
    return wrongConnection(RW_TEXT("connections", "“%1” is none of the choices.").with(value),
                           RW_TEXT("connections", "Choose one of these: %1.").with(choicesOf(field)));
}

Status usableField(const Connection& connection, const ConnectionFieldSpec& field) {
    if (!appliesTo(connection, field.appliesWhen)) return {};
    const std::string value = fieldOf(connection, field.name);
    if (!value.empty()) return usableValue(field, value);
    if (!field.required) return {};
    Text mend =
        field.example.empty()
            ? RW_TEXT("connections", "Fill in the field “%1”.").with(field.label)
            : RW_TEXT("connections", "Fill in the field “%1”, such as %2.").with(field.label, field.example);
    return wrongConnection(RW_TEXT("connections", "The connection has no value for “%1”.").with(field.label),
                           std::move(mend));
}

Status usableSecretRef(const SecretRef& secret) {
    if (secret.kind == SecretRef::Kind::None) return {};
    if (secret.kind == SecretRef::Kind::Keyring) {
        if (!secret.name.empty() && !hasControl(secret.name)) return {};
        return wrongConnection(RW_TEXT("connections", "The secret is not in the keyring yet."),
                               RW_TEXT("connections", "Type it, and press Enter."));
    }
    const auto letter = [](char c) { return isAsciiLetter(c) || isAsciiDigit(c) || c == '_'; };
    const bool digitFirst = !secret.name.empty() && isAsciiDigit(secret.name.front());
    if (!secret.name.empty() && !digitFirst && std::all_of(secret.name.begin(), secret.name.end(), letter))
        return {};
    // It may be the secret itself, typed by mistake: it is not repeated.
    return wrongConnection(RW_TEXT("connections", "That is no name of an environment variable."),
                           RW_TEXT("connections",
                                   "Write the variable's name, such as SHOP_PASSWORD, not the "
                                   "secret itself."));
}

/// A member of another kind would be kept where no form shows it.
Status onlyKnownMembers(const Connection& connection, const ConnectionKind& kind) {
    for (const auto& [name, value] : connection.fields) {
        if (connectionSecret(kind, name) == nullptr) continue;
        return inParam(
            name,
            wrongConnection(RW_TEXT("connections", "“%1” is a secret: no file of ours holds it.").with(name),
                            RW_TEXT("connections", "Keep it in an environment variable or the keyring.")));
    }
    return {};
}

/// A passphrase stays here, and protects a key.
bool sendsSecret(const Connection& connection) {
    return std::any_of(connection.secrets.begin(), connection.secrets.end(), [](const auto& secret) {
        return secret.first != "key_passphrase" && secret.second.kind != SecretRef::Kind::None;
    });
}

/// Of SASL without TLS: user and password, or what a password can be guessed from, go over the network.
Status brokersAreHere(const std::string& addresses, int port) {
    RW_TRY_ASSIGN(const std::vector<HostPort> brokers, parseHostPorts(addresses, port));
    for (const HostPort& broker : brokers) {
        if (isOfThisComputer(broker)) continue;
        return wrongConnection(
            RW_TEXT("connections", "The password would go to %1 without TLS, for everybody to read.")
                .with(broker.host),
            RW_TEXT(
                "connections",
                "Set “Security” to “SASL over TLS”. Without TLS brokers of this computer alone are signed "
                "in to."));
    }
    return {};
}

/// MQTT and SMTP have no proof of a password but the password.
Status brokerOrMailIsHere(const Connection& connection, const char* field, int port) {
    if (fieldOf(connection, "user").empty() || !sendsSecret(connection)) return {};
    RW_TRY_ASSIGN(const HostPort at, parseHostPort(fieldOf(connection, "address"), port));
    if (isOfThisComputer(at)) return {};
    return inParam(
        field, wrongConnection(
                   RW_TEXT("connections", "The password would go to %1 without TLS, for everybody to read.")
                       .with(at.host),
                   RW_TEXT("connections",
                           "Switch TLS on. Without it, only servers of this computer are sent a password.")));
}

}  // namespace

Status secretsStaySecret(const Connection& connection) {
    const ConnectionKind* const kind = connectionKind(connection.kind);
    const ConnectionFieldSpec* const field = kind != nullptr ? connectionField(*kind, "address") : nullptr;
    if (field == nullptr) return {};
    const std::string address = fieldOf(connection, "address");
    if (fieldOf(connection, "security") == "sasl_plaintext")
        return inParam("security", brokersAreHere(address, field->port));
    if (connection.kind == "mqtt" && fieldOf(connection, "tls") == "off")
        return brokerOrMailIsHere(connection, "tls", field->port);
    if (connection.kind == "smtp" && fieldOf(connection, "security") == "off")
        return brokerOrMailIsHere(connection, "security", field->port);
    const bool url = field->type == ConnectionFieldSpec::Type::Url;
    if (!url || address.starts_with("https://") || isLoopback(address) || !sendsSecret(connection)) return {};
    return inParam("address",
                   wrongConnection(
                       RW_TEXT("connections", "A secret would go to %1 for everybody to read.").with(address),
                       RW_TEXT("connections", "Use an address with https://.")));
}

bool holdsPassword(std::string_view value) {
    const std::size_t scheme = value.find("://");
    if (scheme == std::string_view::npos) return false;
    const std::string_view rest = value.substr(scheme + 3);
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    const std::size_t at = host.rfind('@');
    return at != std::string_view::npos && host.substr(0, at).find(':') != std::string_view::npos;
}

Status usableConnectionName(const std::string& name) {
    const auto wrong = [](Text message, Text fix) {
        return inParam("name", wrongConnection(std::move(message), std::move(fix)));
    };
    if (name.empty())
        return wrong(RW_TEXT("connections", "The connection has no name."),
                     RW_TEXT("connections", "Give it one; pipelines refer to it by that name."));
    if (name.size() > kLongestName)
        return wrong(RW_TEXT("connections", "The name is too long."), RW_TEXT("connections", "Shorten it."));
    if (hasControl(name))
        return wrong(RW_TEXT("connections", "There is a line break, or another control character, in it."),
                     RW_TEXT("connections", "Write it on one line."));
    if (name.front() == ' ' || name.back() == ' ' || name.front() == '-')
        return wrong(RW_TEXT("connections", "The name begins or ends with a space, or begins with a hyphen."),
                     RW_TEXT("connections", "Begin it with a letter or a digit."));
    if (name.find(',') != std::string::npos || usesVariables(Json(name)))
        return wrong(RW_TEXT("connections", "The name of a connection can't hold a comma or a variable."),
                     RW_TEXT("connections", "Choose another name."));
    return {};
}

Status usableConnection(const Connection& connection) {
    RW_TRY(usableConnectionName(connection.name));
    const ConnectionKind* const kind = connectionKind(connection.kind);
    if (kind == nullptr) {
        Text known;
        for (const ConnectionKind& each : connectionKinds())
            known = known.empty() ? RW_TEXT("connections", "“%1”").with(each.name)
                                  : RW_TEXT("connections", "%1, “%2”").with(known, each.name);
        return inParam("kind",
                       wrongConnection(RW_TEXT("connections",
                                               "This version knows no connections of the "
                                               "kind “%1”.")
                                           .with(connection.kind),
                                       RW_TEXT("connections", "Choose one of these: %1.").with(known)));
    }
    RW_TRY(onlyKnownMembers(connection, *kind));
    for (const ConnectionFieldSpec& field : kind->fields)
        RW_TRY(inParam(field.name, usableField(connection, field)));
    const bool certified = usesTls(connection) && !fieldOf(connection, "client_certificate").empty();
    if (certified && fieldOf(connection, "client_key").empty())
        return inParam("client_key",
                       wrongConnection(RW_TEXT("connections", "The client certificate has no key."),
                                       RW_TEXT("connections", "Name the file of its private key, too.")));
    const std::string keyHeader = fieldOf(connection, "api_key_header");
    if (!keyHeader.empty() && !isHeaderName(keyHeader))
        return inParam(
            "api_key_header",
            wrongConnection(RW_TEXT("connections", "That is no name of a header."),
                            RW_TEXT("connections", "Names have letters, digits and hyphens, as X-Api-Key.")));
    for (const auto& [name, secret] : connection.secrets) RW_TRY(inParam(name, usableSecretRef(secret)));
    return secretsStaySecret(connection);
}

Status usableChoices(const Connection& connection) {
    const ConnectionKind* const kind = connectionKind(connection.kind);
    if (kind == nullptr) return {};
    for (const ConnectionFieldSpec& field : kind->fields) {
        if (field.type != ConnectionFieldSpec::Type::Choice) continue;
        const Status usable = usableField(connection, field);
        if (usable.ok()) continue;
        Error error = usable.error();
        error.message = RW_TEXT("connections", "The connection “%1” can't be used. %2")
                            .with(connection.name, error.message);
        return Status(std::move(error));
    }
    return {};
}

Status usableFiles(const Connection& connection) {
    const ConnectionKind* const kind = connectionKind(connection.kind);
    if (kind == nullptr) return {};
    for (const ConnectionFieldSpec& field : kind->fields) {
        const std::string path = fieldOf(connection, field.name);
        if (field.type != ConnectionFieldSpec::Type::File || path.empty() ||
            !appliesTo(connection, field.appliesWhen))
            continue;
        std::string text;
        const std::error_code failed = readWhole(path, kLargestPem, text);
        const bool pem = text.find("-----BEGIN ") != std::string::npos;
        wipe(text);  // it may be a private key
        if (failed)
            return inParam(
                field.name,
                {ErrorCode::NotFound,
                 RW_TEXT("connections", "The file “%1” can't be read: %2.").with(path, failed.message()),
                 RW_TEXT("connections", "Correct its path, or put it there.")});
        if (!pem)
            return inParam(field.name,
                           wrongConnection(RW_TEXT("connections", "“%1” holds no PEM.").with(path),
                                           RW_TEXT("connections",
                                                   "It must have a line such as -----BEGIN "
                                                   "CERTIFICATE-----.")));
    }
    return {};
}

}  // namespace rw
