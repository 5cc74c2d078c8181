#include "core/superset/superset_client.h"

#include "core/connect/connections/http_connection.h"
#include "core/connect/connections/superset_sign_in.h"
#include "core/connect/web/http_place.h"
#include "core/net/http_error.h"
#include "core/superset/superset_database.h"
#include "core/superset/uuid5.h"

namespace rw {

namespace {

constexpr long kFirstRefusal = 400, kServerFault = 500;
constexpr Millis kAnswerWithin = 180'000;  // importing many charts takes a slow server that long
constexpr std::size_t kLargestAnswer = std::size_t{64} << 20;
constexpr int kPageSize = 100, kMostPages = 10'000, kDeepestWords = 8;
constexpr std::size_t kMostWords = 2'000, kRoomForPasswords = std::size_t{64} << 10;

/// The texts in a value, but for codes that say nothing to a person.
void gatherWords(const Json& value, std::string& out, int depth = 0) {
    if (depth > kDeepestWords || out.size() > kMostWords) return;
    if (value.is_string()) {
        out += (out.empty() ? "" : " ") + value.get<std::string>();
    } else if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            if (key != "issue_codes") gatherWords(member, out, depth + 1);
        }
    } else if (value.is_array()) {
        for (const Json& element : value) gatherWords(element, out, depth + 1);
    }
}

bool saysAnyOf(const std::string& words, std::initializer_list<std::string_view> some) {
    for (const std::string_view each : some) {
        if (words.find(each) != std::string::npos) return true;
    }
    return false;
}

/// What to do about a refusal, by its words; empty: nothing is known.
Text mendOf(const std::string& words) {
    if (saysAnyOf(words, {"for security reasons"}))
        return RW_TEXT(
            "superset",
            "Set PREVENT_UNSAFE_DB_CONNECTIONS = False in the settings of Superset, or store the rows "
            "in PostgreSQL.");
    if (saysAnyOf(words, {"provide a password"}))
        return RW_TEXT(
            "superset",
            "Give the connection of the database its password, or set it in Superset under Database "
            "Connections.");
    if (saysAnyOf(words, {"CSRF"}))
        return RW_TEXT("superset", "See whether a proxy before Superset takes its cookies away.");
    if (saysAnyOf(words, {"overwrite=true", "already exists", "UNIQUE constraint", "unique constraint"}))
        return RW_TEXT("superset",
                       "Something of this name is there that is not of this pipeline. Rename or delete it in "
                       "Superset, or give the pipeline another name.");
    return {};
}

Status refusedBundle(const std::string& words) {
    return {ErrorCode::Refused,
            RW_TEXT("superset", "Superset refuses the bundle: %1").with(firstLineOf(words)), mendOf(words)};
}

/// The body of a form: the bundle, `overwrite` and the passwords.
std::string formBody(const std::string& boundary, const std::string& field, const std::string& zip,
                     const std::string& passwords) {
    std::string body;
    body.reserve(zip.size() + passwords.size() + 1'024);
    const auto part = [&body, &boundary](const std::string& name, const char* more,
                                         const std::string& value) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"";
        body += more;
        body += "\r\n\r\n";
        body += value;
        body += "\r\n";
    };
    part(field, "; filename=\"bundle.zip\"\r\nContent-Type: application/zip", zip);
    part("overwrite", "", "true");
    part("passwords", "", passwords);
    body += "--" + boundary + "--\r\n";
    return body;
}

/// Services repeat what they were shown, as in “can't connect to postgresql://rill:abc@db”.
void hidePasswords(std::string& text, const DatabasePasswords& passwords) {
    for (const auto& [file, password] : passwords) hideRepeated(text, password);
}

/// The object that Superset expects; its owner wipes it.
std::string passwordsJson(const DatabasePasswords& passwords) {
    std::string text;
    text.reserve(kRoomForPasswords);  // what grows leaves copies behind
    text += '{';
    for (const auto& [file, password] : passwords) {
        if (text.size() > 1) text += ',';
        text += Json(file).dump() + ':';
        password.reveal([&text](std::string_view secret) {
            Json value = "";
            std::string& copy = value.get_ref<std::string&>();
            copy.assign(secret);
            std::string written = value.dump(-1, ' ', false, Json::error_handler_t::replace);
            wipe(copy);
            text += written;
            wipe(written);
        });
    }
    text += '}';
    return text;
}

}  // namespace

std::string supersetWords(std::string_view body) {
    const Json read = Json::parse(body, nullptr, false);
    if (!read.is_object()) return {};
    std::string details, words;
    if (const auto errors = read.find("errors"); errors != read.end() && errors->is_array()) {
        for (const Json& error : *errors) {
            if (!error.is_object()) continue;
            if (const auto message = error.find("message"); message != error.end())
                gatherWords(*message, words);
            if (const auto extra = error.find("extra"); extra != error.end()) gatherWords(*extra, details);
        }
    }
    if (!details.empty()) return details;
    if (words.empty()) {
        for (const char* key : {"message", "msg"}) {
            if (const auto message = read.find(key); message != read.end()) gatherWords(*message, words);
        }
    }
    return words;
}

SupersetClient::SupersetClient(NodeConnection connection, const std::atomic<bool>* cancelled)
    : m_connection(std::move(connection)), m_cancelled(cancelled) {}

Status SupersetClient::signIn() {
    RW_TRY_ASSIGN(HttpServer server, httpServer(m_connection));
    server.answerWithin = kAnswerWithin;
    server.largestAnswer = kLargestAnswer;
    {
        SupersetUser user{m_connection.field("user"), {}, m_connection.field("provider")};
        RW_TRY_ASSIGN(user.password, m_connection.secret("password"));
        HttpClient client(server);
        client.cancelWith(m_cancelled);
        RW_TRY_ASSIGN(server.bearer, supersetToken(client, user));
    }
    m_client.emplace(std::move(server));
    m_client->cancelWith(m_cancelled);
    RW_TRY_ASSIGN(const Json read, ask("/api/v1/security/csrf_token/"));
    const auto token = read.find("result");
    if (token == read.end() || !token->is_string())
        return strangeAnswer(m_client->server(), RW_TEXT("superset", "it gives no CSRF token"));
    m_csrf = token->get<std::string>();
    return {};
}

Result<std::map<std::string, std::int64_t>> SupersetClient::known(SupersetObject::Kind kind) {
    std::map<std::string, std::int64_t> found;
    for (int page = 0; page < kMostPages; ++page) {
        RW_TRY_ASSIGN(const Json read, ask("/api/v1/" + std::string(supersetKindName(kind)) +
                                           "/?q=(columns:!(id,uuid),page_size:" + std::to_string(kPageSize) +
                                           ",page:" + std::to_string(page) + ")"));
        const auto rows = read.find("result");
        if (rows == read.end() || !rows->is_array())
            return strangeAnswer(m_client->server(), RW_TEXT("superset", "it lists nothing"));
        for (const Json& row : *rows) {
            if (!row.is_object()) continue;
            const auto id = row.find("id"), uuid = row.find("uuid");
            if (id != row.end() && id->is_number_integer() && uuid != row.end() && uuid->is_string())
                found[uuid->get<std::string>()] = id->get<std::int64_t>();
        }
        const auto count = read.find("count");
        const std::int64_t all =
            count != read.end() && count->is_number_integer() ? count->get<std::int64_t>() : 0;
        if (rows->empty() || std::int64_t{page + 1} * kPageSize >= all) break;
    }
    return found;
}

Status SupersetClient::import(const std::string& zip, const DatabasePasswords& passwords) {
    RW_TRY_ASSIGN(const HttpAnswer answer, post("/api/v1/assets/import/", "bundle", zip, passwords));
    if (answer.status < kFirstRefusal) {
        if (Json::parse(answer.body, nullptr, false).is_object()) return {};
        return strangeAnswer(m_client->server(), RW_TEXT("superset", "it is no JSON"));
    }
    if (answer.status != kServerFault) {
        std::string words = supersetWords(answer.body);
        hidePasswords(words, passwords);
        return words.empty() || codeOf(answer.status) == ErrorCode::Denied ? refused(answer)
                                                                           : refusedBundle(words);
    }
    // This import names no fault. The one of dashboards does; it leaves charts that are there as they are.
    RW_TRY_ASSIGN(const HttpAnswer told, post("/api/v1/dashboard/import/", "formData", zip, passwords));
    if (told.status >= kFirstRefusal) {
        std::string words = supersetWords(told.body);
        hidePasswords(words, passwords);
        return words.empty() ? refused(answer) : refusedBundle(words);
    }
    return {
        ErrorCode::Refused,
        RW_TEXT("superset",
                "Superset failed without a reason (HTTP 500). Its import of dashboards took the bundle, and "
                "left charts that were there before as they were."),
        RW_TEXT("superset", "Look at the log of Superset, and publish again.")};
}

Status SupersetClient::readChart(std::int64_t chart) {
    RW_TRY_ASSIGN(const Json read, ask("/api/v1/chart/" + std::to_string(chart) + "/data/"));
    if (read.find("result") != read.end()) return {};
    return strangeAnswer(m_client->server(), RW_TEXT("superset", "it has no result"));
}

std::string SupersetClient::dashboardLink(const std::string& slug) const {
    return withoutSlash(m_connection.field("address")) + "/superset/dashboard/" + slug + "/";
}

Result<HttpAnswer> SupersetClient::send(HttpRequest request) {
    request.headers.push_back({"Accept", "application/json"});
    for (HttpHeader& header : session()) request.headers.push_back(std::move(header));
    Result<HttpAnswer> answer = m_client->send(request);
    wipe(request.body);
    if (answer.ok()) keepCookies(*answer);
    return answer;
}

Result<Json> SupersetClient::ask(const std::string& path) {
    HttpRequest request;
    request.path = path;
    RW_TRY_ASSIGN(const HttpAnswer answer, send(std::move(request)));
    if (answer.status >= kFirstRefusal) return refused(answer);
    Json read = Json::parse(answer.body, nullptr, false);
    if (read.is_object()) return read;
    return strangeAnswer(m_client->server(), isHtml(answer)
                                                 ? RW_TEXT("superset", "it is a page for people, no JSON")
                                                 : RW_TEXT("superset", "it is no JSON"));
}

Status SupersetClient::refused(const HttpAnswer& answer) const {
    Error error = refusedWithWords(m_client->server(), answer).error();
    if (const std::string words = supersetWords(answer.body); !words.empty())
        error = refusedAnswer(m_client->server(), answer.status, words).error();
    if (error.code == ErrorCode::Denied)
        error.fix = RW_TEXT(
            "superset", "Use a user of Superset with the role Admin: databases and datasets are made, too.");
    return Status(std::move(error));
}

Result<HttpAnswer> SupersetClient::post(const std::string& path, const std::string& field,
                                        const std::string& zip, const DatabasePasswords& passwords) {
    std::string secret = passwordsJson(passwords);
    std::string boundary = uuid5(supersetNamespace(), zip);
    while (zip.find(boundary) != std::string::npos || secret.find(boundary) != std::string::npos)
        boundary = uuid5(boundary, zip);
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.path = path;
    request.headers = {{"Content-Type", "multipart/form-data; boundary=" + boundary},
                       {"X-CSRFToken", m_csrf}};
    request.body = formBody(boundary, field, zip, secret);
    wipe(secret);
    Result<HttpAnswer> answer = send(std::move(request));
    if (answer.ok()) hidePasswords(answer->body, passwords);
    return answer;
}

void SupersetClient::keepCookies(const HttpAnswer& answer) {
    for (const HttpHeader& header : answer.headers) {
        std::string name;
        for (const char c : header.name) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const std::string cookie = header.value.substr(0, header.value.find(';'));
        const std::size_t equals = cookie.find('=');
        if (name == "set-cookie" && equals != std::string::npos && equals > 0)
            m_cookies[cookie.substr(0, equals)] = cookie.substr(equals + 1);
    }
}

// With https Superset looks at where a request comes from.
std::vector<HttpHeader> SupersetClient::session() const {
    std::vector<HttpHeader> headers{{"Referer", withoutSlash(m_connection.field("address")) + "/"}};
    std::string cookies;
    for (const auto& [name, value] : m_cookies) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    if (!cookies.empty()) headers.push_back({"Cookie", std::move(cookies)});
    return headers;
}

}  // namespace rw
