#include "core/connect/hadoop/webhdfs_client.h"

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/connect/hadoop/webhdfs_place.h"
#include "core/connect/web/http_place.h"
#include "core/net/http_error.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

constexpr Millis kTurn = 50;
constexpr std::size_t kSlowestBytes = 100;  ///< a millisecond: a larger file may take longer
constexpr std::size_t kLargestHdfsAnswer = std::size_t{64} << 20;
constexpr std::string_view kWithoutTls = "http://";

struct RemoteException {
    std::string name{}, message{};
};

/// {"RemoteException":{"exception":"SafeModeException","javaClassName":…,"message":…}}
RemoteException exceptionOf(const HttpAnswer& answer) {
    RemoteException said;
    const Result<Json> read = parseJson(answer.body);
    if (!read.ok() || !read->is_object()) return said;
    const auto found = read->find("RemoteException");
    if (found == read->end() || !found->is_object()) return said;
    const auto textAt = [&found](const char* name) {
        const auto text = found->find(name);
        return text != found->end() && text->is_string() ? text->get<std::string>() : std::string();
    };
    said.name = textAt("exception");
    said.message = textAt("message");
    return said;
}

template <std::size_t size>
bool isOneOf(const std::string& name, const std::array<std::string_view, size>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The status says little: a NameNode answers 403 whatever its file system throws.
ErrorCode codeOfException(const std::string& name) {
    static constexpr std::array<std::string_view, 6> kDenied{
        "AccessControlException", "AuthorizationException",  "SecurityException",
        "InvalidToken",           "AuthenticationException", "AccessDeniedException"};
    static constexpr std::array<std::string_view, 10> kRefused{
        "IllegalArgumentException",       "UnsupportedOperationException", "InvalidPathException",
        "FileAlreadyExistsException",     "ParentNotDirectoryException",   "PathIsNotDirectoryException",
        "HadoopIllegalArgumentException", "UnresolvedPathException",       "InvalidParameterException",
        "NotADirectoryException"};
    if (isOneOf(name, kDenied)) return ErrorCode::Denied;
    if (isOneOf(name, kRefused)) return ErrorCode::Refused;
    return name == "FileNotFoundException" ? ErrorCode::NotFound : ErrorCode::Io;
}

/// “Offset=80 out of the range [0, 40); OPEN, path=/a”: of an IOException, which is anything.
bool isPastEndException(const RemoteException& said) {
    return said.name == "IOException" && said.message.starts_with("Offset=") &&
           said.message.find("out of the range") != std::string::npos;
}

/// Others stand behind it: Hadoop's messages mostly end without a full stop.
std::string sentenceOf(std::string_view message) {
    std::string line = firstLineOf(message);
    const bool ends = line.empty() || line.ends_with("…") ||
                      std::string_view(".!?").find(line.back()) != std::string_view::npos;
    return ends ? line : line + '.';
}

Text mendOf(const RemoteException& said) {
    if (said.name == "SafeModeException")
        return RW_TEXT("hadoop",
                       "It leaves the safe mode by itself when enough of its blocks are there; an "
                       "administrator can end it: hdfs dfsadmin -safemode leave.");
    if (said.name == "StandbyException")
        return RW_TEXT("hadoop",
                       "Give the connection the address of the NameNode that is active, or of HttpFS.");
    if (said.name == "InvalidToken") return RW_TEXT("hadoop", "Get a new token for the connection.");
    if (said.name.ends_with("QuotaExceededException"))
        return RW_TEXT("hadoop", "Make room in the folder, or have its quota raised.");
    switch (codeOfException(said.name)) {
        case ErrorCode::Denied:
            return RW_TEXT("hadoop",
                           "Have the folder opened for the user of the connection (hdfs dfs -setfacl), or "
                           "name another user there.");
        case ErrorCode::NotFound:
            return RW_TEXT("hadoop", "See whether the path is right.");
        default:
            return {};
    }
}

bool holdsToken(std::string_view location, const Secret& token) {
    return !token.empty() && (location.find("delegation=") != std::string_view::npos ||
                              token.reveal([location](std::string_view secret) {
                                  return location.find(secret) != std::string_view::npos;
                              }));
}

bool isRedirection(long status) {
    return status >= 300 && status < 400;
}

}  // namespace

WebhdfsClient::WebhdfsClient(NodeConnection connection) : m_connection(std::move(connection)) {}

WebhdfsClient::~WebhdfsClient() = default;

void WebhdfsClient::reset() {
    m_asked = nullptr;
    m_names.reset();
    m_data.reset();
    m_token = {};
    m_like = {};
}

void WebhdfsClient::giveUp() {
    if (m_asked != nullptr) m_asked->giveUp();
    m_asked = nullptr;
}

HttpServer WebhdfsClient::serverAt(const std::string& address, Millis within) const {
    HttpServer server = m_like;
    server.address = address;
    server.answerWithin = within;
    server.largestAnswer = kLargestHdfsAnswer;
    return server;
}

Status WebhdfsClient::connect() {
    if (m_names) return {};
    RW_TRY_ASSIGN(m_like, httpServer(m_connection));
    m_token = std::exchange(m_like.bearer, Secret());  // goes into the query
    m_names = std::make_unique<HttpClient>(serverAt(withoutSlash(m_like.address), kAnswerWithin));
    return {};
}

Status WebhdfsClient::begin(WebhdfsRequest request) {
    giveUp();
    RW_TRY(connect());
    m_request = std::move(request);
    m_notBefore = 0;
    m_pastEnd = false;
    HttpRequest asked;
    asked.method = m_request.method;
    asked.path = "/webhdfs/v1" + encodedPath(m_request.path) + "?op=" + m_request.op;
    for (const auto& [name, value] : m_request.params) asked.path += '&' + name + '=' + encodedValue(value);
    const std::string user = m_connection.field("user");
    if (!m_token.empty()) {
        asked.query = m_token.reveal([](std::string_view token) {
            std::string query;
            query.reserve(token.size() + 16);
            query = "delegation=";
            query += token;
            Secret made(query);
            wipe(query);
            return made;
        });
    } else if (!user.empty()) {
        asked.path += "&user.name=" + encodedValue(user);
    }
    asked.takesRedirections = true;
    // Where a cluster guards against forged requests of browsers it asks for this header.
    asked.headers.push_back({"X-XSRF-HEADER", "rillwright"});
    m_asked = m_names.get();
    return m_asked->begin(std::move(asked), m_answerWithin);
}

Status WebhdfsClient::usableRedirection(const std::string& origin, std::string_view location) const {
    const HttpServer& own = m_names->server();
    const std::string host = hostOfAddress(origin);
    const bool same = host == hostOfAddress(own.address);
    const std::string named = m_connection.field("datanodes");
    HttpServer there;
    there.address = origin;
    RW_TRY(usableServer(there));
    if (own.address.starts_with("https://") && origin.starts_with(kWithoutTls) && !isLoopback(origin)) {
        return {ErrorCode::Refused,
                RW_TEXT("hadoop",
                        "%1 leads to %2, which is without TLS: everybody on the way could read the "
                        "files.")
                    .with(own.address, origin),
                RW_TEXT("hadoop", "Have the cluster's policy set to HTTPS_ONLY (dfs.http.policy).")};
    }
    if (!same && !named.empty() && !namesHost(named, host)) {
        return {
            ErrorCode::Refused,
            RW_TEXT("hadoop", "%1 leads to %2, which is none of the data nodes that the connection names.")
                .with(own.address, origin),
            RW_TEXT("hadoop", "Add the host to the data nodes of the connection if it is one.")};
    }
    if (!holdsToken(location, m_token)) return {};
    if (!same && named.empty()) {
        return {
            ErrorCode::Refused,
            RW_TEXT("hadoop", "%1 would have the token sent to another host, %2.").with(own.address, origin),
            RW_TEXT("hadoop",
                    "If it is a data node of the cluster, name it in the connection, as in "
                    "*.hadoop.example.")};
    }
    there.bearer = m_token;
    return usableServer(there);
}

Status WebhdfsClient::follow(const HttpAnswer& answer) {
    std::string location(headerOf(answer, "Location").value_or(""));
    if (location.starts_with('/')) location = originOf(m_names->server().address) + location;
    const std::string origin = originOf(location);
    if (origin.empty())
        return strangeAnswer(m_names->server(), RW_TEXT("hadoop", "it does not tell where the bytes are"));
    RW_TRY(usableRedirection(origin, location));
    HttpRequest asked;
    asked.method = m_request.method;
    asked.path = location.substr(origin.size(), location.find('#') - origin.size());
    if (holdsToken(location, m_token)) {
        const std::size_t query = std::min(asked.path.find('?'), asked.path.size());
        asked.query = Secret(std::string_view(asked.path).substr(std::min(query + 1, asked.path.size())));
        wipe(location);
        location = asked.path.substr(0, query);
        wipe(asked.path);
        asked.path = location;
    }
    asked.takesRedirections = true;  // another one is an error, whose text does not repeat it
    asked.headers.push_back({"X-XSRF-HEADER", "rillwright"});
    Millis within = kAnswerWithin;
    if (m_request.bytes) {
        asked.lent = m_request.bytes;
        asked.headers.push_back({"Content-Type", "application/octet-stream"});
        within += static_cast<Millis>(m_request.bytes->size() / kSlowestBytes);
    }
    const bool kept = m_data && m_data->server().address == origin && !m_request.bytes;
    if (!kept) m_data = std::make_unique<HttpClient>(serverAt(origin, within));
    m_asked = m_data.get();
    return m_asked->begin(std::move(asked));
}

Result<std::optional<HttpAnswer>> WebhdfsClient::await(Millis within) {
    if (m_asked == nullptr) return std::optional<HttpAnswer>();
    Result<std::optional<HttpAnswer>> came = m_asked->await(within);
    if (!came.ok()) return outOfReach(came.status());
    std::optional<HttpAnswer> answer = std::move(came).value();
    if (!answer) return answer;
    const HttpServer& from = m_asked->server();
    const bool first = m_asked == m_names.get();
    if (isRedirection(answer->status)) {
        if (first) {
            RW_TRY(follow(*answer));
            return std::optional<HttpAnswer>();
        }
        return Status(ErrorCode::Refused,
                      RW_TEXT("hadoop", "%1, where the bytes should be, leads to yet another address.")
                          .with(from.address));
    }
    m_asked = nullptr;
    if (answer->status >= 400) {
        m_notBefore = retryAfter(*answer, m_clock->now());
        hideRepeated(answer->body, m_token);  // by itself, as Hadoop's exceptions name it
        m_pastEnd = m_request.op == "OPEN" && isPastEndException(exceptionOf(*answer));
        return error(from, *answer);
    }
    // The bytes of a file are octets to WebHDFS, be they a page or not.
    const std::string_view type = headerOf(*answer, "Content-Type").value_or("");
    if (m_request.op == "OPEN" && holdsAsciiWord(type, "text/html")) return pageForPeople(from, *answer);
    if (first && m_request.bytes)
        return strangeAnswer(from, RW_TEXT("hadoop", "it does not tell where the bytes are to go"));
    return answer;
}

Status WebhdfsClient::outOfReach(const Status& why) const {
    if (m_asked == m_names.get() || why.error().code != ErrorCode::Io) return why;
    Error error = why.error();
    error.fix = RW_TEXT("hadoop",
                        "%1 leads there, where the bytes of files are: this computer must know the names of "
                        "the data nodes and reach their ports. HttpFS needs none of them.")
                    .with(m_names->server().address);
    return Status(std::move(error));
}

Result<HttpAnswer> WebhdfsClient::ask(WebhdfsRequest request, const std::function<bool()>& givesUp) {
    RW_TRY(begin(std::move(request)));
    for (;;) {
        RW_TRY_ASSIGN(std::optional<HttpAnswer> answer, await(kTurn));
        if (answer) return *std::move(answer);
        if (!givesUp()) continue;
        giveUp();
        return Status(ErrorCode::Cancelled, RW_TEXT("hadoop", "%1 was not waited for.").with(address()));
    }
}

Status WebhdfsClient::error(const HttpServer& server, const HttpAnswer& answer) const {
    const RemoteException said = exceptionOf(answer);
    if (said.name.empty()) {
        const Status refused = refusedWithWords(server, answer);
        if (refused.error().code != ErrorCode::Denied || !m_token.empty()) return refused;
        Error error = refused.error();
        error.fix = RW_TEXT("hadoop",
                            "Name the user in the connection, or give it a delegation token if the cluster "
                            "asks for one.");
        return Status(std::move(error));
    }
    const std::string what = m_request.op + ' ' + m_request.path;
    return {codeOfException(said.name),
            RW_TEXT("hadoop", "%1 answers “%2” to %3: %4")
                .with(server.address, said.name, what, sentenceOf(said.message)),
            mendOf(said)};
}

}  // namespace rw
