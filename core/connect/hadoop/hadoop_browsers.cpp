#include "core/connect/hadoop/hadoop_browsers.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "core/connect/hadoop/hbase_cells.h"
#include "core/connect/hadoop/webhdfs_files.h"
#include "core/connect/hadoop/webhdfs_finder.h"
#include "core/connect/web/http_place.h"
#include "core/net/http_error.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

constexpr std::size_t kMostFolders = 300, kMostListed = 1'000;
constexpr std::size_t kDeepestFolder = 4;
constexpr std::size_t kLookedBytes = std::size_t{1} << 20;

/// The files of a connection while somebody looks at them.
class LookedFiles {
 public:
    explicit LookedFiles(BrowsedConnection& browsed)
        : m_files(browsed.node(), 0, [&browsed] { return browsed.cancelled().load(); }) {
        m_files.hurry(browsed.left());
    }
    WebhdfsFiles* operator->() { return &m_files; }

 private:
    WebhdfsFiles m_files;
};

class WebhdfsBrowser final : public ConnectionBrowser {
 public:
    /// Folders with files, from the root downwards, as far as there is time.
    Result<ConnectionSubjects> subjects(
        BrowsedConnection& browsed,
        const std::function<void(const ConnectionSubjects&)>& /*early*/) const override {
        LookedFiles files(browsed);
        std::deque<std::string> left{"/"};
        ConnectionSubjects found;
        bool reached = false;
        for (std::size_t listed = 0; !left.empty() && listed < kMostListed; ++listed) {
            if (browsed.cancelled() || found.size() >= kMostFolders) break;
            const std::string folder = std::move(left.front());
            left.pop_front();
            const Result<std::vector<WebhdfsStatus>> listing = files->list(folder);
            if (!listing.ok() && !reached) return listing.status();
            if (!listing.ok()) continue;  // one that this user may not look into
            reached = true;
            addFolder(folder, *listing, left, found);
        }
        std::sort(found.begin(), found.end(),
                  [](const ConnectionSubject& a, const ConnectionSubject& b) { return a.name < b.name; });
        return found;
    }

    Result<SubjectContent> content(BrowsedConnection& browsed, const std::string& subject) const override {
        const std::optional<std::string> path = webhdfsPath(subject);
        LookedFiles files(browsed);
        WebhdfsFinder finder(path.value_or("/"));
        while (const std::optional<std::string> folder = finder.next()) {
            RW_TRY_ASSIGN(std::vector<WebhdfsStatus> listing, files->list(*folder));
            finder.take(std::move(listing));
        }
        const std::vector<WebhdfsStatus> all = finder.takeFiles();
        const auto newest =
            std::max_element(all.begin(), all.end(), [](const WebhdfsStatus& a, const WebhdfsStatus& b) {
                return std::pair(a.bytes > 0, a.changed) < std::pair(b.bytes > 0, b.changed);
            });
        if (newest == all.end() || !path) {
            return Status(ErrorCode::NotFound, RW_TEXT("hadoop", "There is no file in “%1”.").with(subject),
                          RW_TEXT("hadoop", "Give a file, a folder, or a pattern such as /data/*.json."));
        }
        SubjectContent seen;
        seen.isFile = true;
        if (newest->bytes == 0) return seen;
        RW_TRY_ASSIGN(const std::string bytes, files->read(newest->name, 0, kLookedBytes));
        addLines(bytes, bytes.size() == newest->bytes, newest->changed, seen);
        return seen;
    }

 private:
    static void addFolder(const std::string& folder, const std::vector<WebhdfsStatus>& listing,
                          std::deque<std::string>& left, ConnectionSubjects& found) {
        ConnectionSubject subject;
        subject.name = folder;
        subject.isFolder = true;
        subject.parts = subject.bytes = 0;
        for (const WebhdfsStatus& each : listing) {
            if (isHiddenFile(each.name)) continue;
            if (each.folder) {
                const std::string within = joinedPath(folder, each.name);
                if (partsOfPath(within).size() <= kDeepestFolder) left.push_back(within);
            } else {
                ++subject.parts;
                subject.bytes += static_cast<std::int64_t>(each.bytes);
            }
        }
        if (subject.parts > 0) found.push_back(std::move(subject));
    }

    static void addLines(std::string_view bytes, bool whole, Instant changed, SubjectContent& seen) {
        std::int64_t at = 0;
        while (!bytes.empty() && seen.messages.size() < kNewestMessages) {
            const std::size_t end = bytes.find('\n');
            if (end == std::string_view::npos && !whole) break;  // a row that was cut off
            std::string_view line = bytes.substr(0, end);
            const std::size_t size = end == std::string_view::npos ? bytes.size() : end + 1;
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (!line.empty()) {
                SubjectMessage& message = seen.messages.emplace_back();
                message.value = std::string(line);
                message.timestamp = changed;
                message.offset = at;
            }
            at += static_cast<std::int64_t>(size);
            bytes.remove_prefix(size);
        }
    }
};

class HbaseBrowser final : public ConnectionBrowser {
 public:
    Result<ConnectionSubjects> subjects(
        BrowsedConnection& browsed,
        const std::function<void(const ConnectionSubjects&)>& /*early*/) const override {
        RW_TRY_ASSIGN(const HttpAnswer answer, ask(browsed, "/"));
        const Result<Json> read = parseJson(answer.body);
        const bool object = read.ok() && read->is_object();
        const Json tables = object && read->contains("table") ? (*read)["table"] : Json::array();
        ConnectionSubjects found;
        for (const Json& table : tables) {
            if (!table.is_object() || !table.contains("name") || !table["name"].is_string()) continue;
            found.emplace_back().name = table["name"].get<std::string>();
        }
        if (!object) return strange(browsed);
        std::sort(found.begin(), found.end(),
                  [](const ConnectionSubject& a, const ConnectionSubject& b) { return a.name < b.name; });
        return found;
    }

    Result<SubjectContent> content(BrowsedConnection& browsed, const std::string& subject) const override {
        RW_TRY_ASSIGN(const HttpAnswer answer, ask(browsed, hbaseTablePath(subject) + "/schema"));
        if (!hbaseFamilies(answer.body)) return strange(browsed);
        SubjectContent seen;
        seen.isTable = true;
        return seen;
    }

 private:
    static Status strange(BrowsedConnection& browsed) {
        return {ErrorCode::Refused,
                RW_TEXT("hadoop", "What %1 answers is not what the REST server of HBase answers.")
                    .with(browsed.node().field("address")),
                RW_TEXT("hadoop", "Give the connection the address of that server (hbase rest start).")};
    }

    static Result<HttpAnswer> ask(BrowsedConnection& browsed, const std::string& path) {
        RW_TRY_ASSIGN(HttpServer server, httpServer(browsed.node()));
        server.connectWithin = server.answerWithin = browsed.left();
        server.tries = 1;
        HttpClient client(std::move(server));
        client.cancelWith(&browsed.cancelled());
        HttpRequest request;
        request.path = path;
        request.headers = {{"Accept", "application/json"}};
        RW_TRY_ASSIGN(HttpAnswer answer, client.send(request));
        if (answer.status >= 400) return refusedWithWords(client.server(), answer);
        return answer;
    }
};

class WebhdfsTester final : public ConnectionTester {
 public:
    void test(TestedConnection& tested) const override {
        WebhdfsFiles files(tested.node(), 0, [&tested] { return tested.cancelled()->load(); });
        const std::shared_ptr<Clock> clock = systemClock();
        const bool answered = tested.step(RW_TEXT("connections", "Answer"), [&]() -> Result<Text> {
            files.hurry(tested.left());
            const std::int64_t from = clock->steadyMillis();
            RW_TRY_ASSIGN(const std::optional<WebhdfsStatus> root, files.state("/"));
            tested.report().latency = clock->steadyMillis() - from;
            if (!root) {
                return Status(ErrorCode::NotFound,
                              RW_TEXT("hadoop", "%1 has no file system.").with(tested.field("address")),
                              RW_TEXT("hadoop",
                                      "Give the connection the address of the NameNode's or HttpFS's HTTP "
                                      "server, without /webhdfs/v1."));
            }
            return RW_TEXT("hadoop", "WebHDFS answers at %1.").with(tested.field("address"));
        });
        if (!answered) return;
        const Result<std::string> home = files.homeFolder();
        const Text name = RW_TEXT("hadoop", "User");
        if (home.ok()) {
            (void)tested.step(name, [&]() -> Result<Text> {
                return RW_TEXT("hadoop", "Known there, with the home folder %1.").with(*home);
            });
        } else {
            tested.warn(name, home.error().message, home.error().fix);
        }
    }
};

}  // namespace

std::shared_ptr<const ConnectionBrowser> webhdfsBrowser() {
    return std::make_shared<WebhdfsBrowser>();
}

std::shared_ptr<const ConnectionBrowser> hbaseBrowser() {
    return std::make_shared<HbaseBrowser>();
}

std::shared_ptr<const ConnectionTester> webhdfsTester() {
    return std::make_shared<WebhdfsTester>();
}

}  // namespace rw
