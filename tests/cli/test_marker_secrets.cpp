// A marker is the password, the token and the passphrase of connections of every kind, and another one stands
// in their headers. Runs of every node that takes a connection fail, and succeed, and neither is found
// anywhere: not in what the program says, its files, its arguments, and what its children get. The kinds of
// connections and the nodes are those that the program lists, so that a new one is tried without being named
// here.
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>
#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "tests/cli/program_fixture.h"
#include "tests/cli/repeating_server.h"
#include "tests/cli/small_server.h"

using rw::testing::deadAddress;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;
using rw::testing::RepeatingServer;
using rw::testing::SmallServer;

namespace {

// kLockedKey opens with it.
const QByteArray kMarker = "mk7QvZt93Marker", kHeaderMarker = "hd4KwYu82Header";
const QByteArray kMarkedVariable = "RW_MARKED_SECRET", kMarkedUser = "rill";
constexpr std::size_t kRunsAtOnce = 6;
constexpr int kMostDeciders = 8;  // of a parameter that applies where another has a value, and so on

// Made with openssl for 127.0.0.1, until 2126.
const QByteArray kLockedKey =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjJdD9gOYb/JAICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELWYSRedrIg8tUxwyv1aLzQEgZCV\n"
    "WvL+OuDaskiPrV1W+JE5HmpMphJe5OKggOeujL5moTorzJ5XaY5GG1H7iKsukFM2\n"
    "z6CMJmpcCbp1HlY/eGg/eYXai7W+gRujQ4U79J2SEPGqY8VLvy8C1De0W54WufPF\n"
    "piCJG1ETN8rNjz6s1zzlJaQvzcfEaTIT2EL1/l7QZDrJfGzm7jYEmmg6p16ZOjA=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
const QByteArray kMarkedCertificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBnDCCAUKgAwIBAgIUPBlZ2reIdaKqskfop1dSAwlqXGcwCgYIKoZIzj0EAwIw\n"
    "GjEYMBYGA1UEAwwPcmlsbHdyaWdodC10ZXN0MCAXDTI2MTEyNjA0NTY0MVoYDzIx\n"
    "MjYxMTAyMDQ1NjQxWjAaMRgwFgYDVQQDDA9yaWxsd3JpZ2h0LXRlc3QwWTATBgcq\n"
    "hkjOPQIBBggqhkjOPQMBBwNCAARIt7gxCshai1gVoFUwro+xLOWga8bWKLljaTR2\n"
    "1orwhLslEXK9icOfmVz3ZspEGV05N2alSb0ab6i2ydxJ3dQ6o2QwYjAdBgNVHQ4E\n"
    "FgQUYfPGkySf2d975mPa7yMThkiVGBIwHwYDVR0jBBgwFoAUYfPGkySf2d975mPa\n"
    "7yMThkiVGBIwDwYDVR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqG\n"
    "SM49BAMCA0gAMEUCIQCYyTK60rNJD6uiy7u+A80Jf7rxObalsz2z290d8nMZ5wIg\n"
    "aZsrhvn0wwHHwOZ+f4ch7blNcGoEg1j0yw5vpa8Hrsc=\n"
    "-----END CERTIFICATE-----\n";

QByteArrayList markers() {
    return {kMarker, (kMarkedUser + ':' + kMarker).toBase64(), kHeaderMarker};
}

QJsonObject named(const QJsonArray& all, const QString& name, const char* member = "name") {
    for (const QJsonValue& each : all) {
        if (each.toObject()[QLatin1String(member)].toString() == name) return each.toObject();
    }
    return {};
}

bool holdsFor(const QJsonObject& declared, const std::map<QString, QString>& values) {
    const QJsonObject when = declared["applies_when"].toObject();
    if (when.isEmpty()) return true;
    const auto value = values.find(when["param"].toString());
    return value != values.end() && when["values"].toArray().contains(value->second);
}

/// Ways to secure a connection of a kind: the values of the choice that its secrets depend on, and where it
/// has a URL, both schemes.
struct SecuredWay {
    QString decider{}, value{};
    bool https = false;
};

std::vector<SecuredWay> waysOf(const QJsonObject& kind) {
    const QJsonArray fields = kind["fields"].toArray();
    if (named(fields, "address")["type"].toString() == "url") return {{}, {{}, {}, true}};
    std::vector<SecuredWay> ways;
    for (const QJsonValue& secret : kind["secrets"].toArray()) {
        const QString decider = secret.toObject()["applies_when"].toObject()["param"].toString();
        if (decider.isEmpty()) continue;
        for (const QJsonValue& choice : named(fields, decider)["choices"].toArray())
            ways.push_back({decider, choice.toString()});
        break;
    }
    if (ways.empty()) ways.push_back({});
    return ways;
}

}  // namespace

class TestMarkerSecrets : public QObject {
    Q_OBJECT

    QJsonArray m_kinds{}, m_nodes{};
    std::unique_ptr<ProgramFixture> m_fixture{};
    int m_made = 0;

    /// `text` with a marker in it; nothing: there is none.
    static QByteArray leak(const QByteArray& text) {
        for (const QByteArray& marker : markers()) {
            const qsizetype at = text.indexOf(marker);
            if (at >= 0) return text.mid(std::max<qsizetype>(0, at - 200), 400);
        }
        return {};
    }
    static QByteArray leak(const Ended& ended) { return leak(ended.out + ended.err); }

    /// “--field” and “--environment” of a connection to `address` (host:port).
    QStringList fieldsOf(const QJsonObject& kind, const SecuredWay& way, const QString& address) const {
        std::map<QString, QString> values;
        const QJsonArray fields = kind["fields"].toArray();
        for (const QJsonValue& each : fields) {
            const QJsonObject field = each.toObject();
            const QString name = field["name"].toString(), type = field["type"].toString();
            QString value = field["example"].toString();
            if (type == "choice") {
                const QJsonArray choices = field["choices"].toArray();
                value = name == way.decider         ? way.value
                        : choices.contains("PLAIN") ? QStringLiteral("PLAIN")
                                                    : field["default"].toString();
            }
            if (type == "address" || type == "addresses") value = address;
            if (type == "url") value = (way.https ? "https://" : "http://") + address;
            if (type == "headers") value = "X-Marked: " + QString::fromLatin1(kHeaderMarker);
            if (type == "file") value = m_fixture->path(name.contains("key") ? "key.pem" : "certificate.pem");
            if (type == "line" && value.isEmpty())
                value = name == "user" ? QString::fromLatin1(kMarkedUser) : QStringLiteral("marked");
            values[name] = value;
        }
        QStringList words;
        for (const QJsonValue& field : fields) {
            const QString name = field.toObject()["name"].toString();
            if (holdsFor(field.toObject(), values)) words << "--field" << name + '=' + values[name];
        }
        for (const QJsonValue& secret : kind["secrets"].toArray()) {
            if (holdsFor(secret.toObject(), values))
                words << "--environment" << secret.toObject()["name"].toString() + "=RW_MARKED_SECRET";
        }
        return words;
    }

    /// The name of a new connection of that kind.
    QString connectTo(const QString& kind, const SecuredWay& way, const QString& address) {
        const QString name = QStringLiteral("marked-%1").arg(++m_made);
        const Ended added = m_fixture->run(QStringList{"connections", "add", name, kind} +
                                           fieldsOf(named(m_kinds, kind, "kind"), way, address));
        if (added.status != 0) QTest::qFail(describe(added).constData(), __FILE__, __LINE__);
        if (!leak(added).isEmpty()) QTest::qFail(leak(added).constData(), __FILE__, __LINE__);
        return name;
    }

    /// A value that may stand for a parameter that must have one.
    static QJsonValue plausible(const QJsonObject& param) {
        const QString kind = param["kind"].toString(), name = param["name"].toString();
        if (name == "token") return "environment:" + QString::fromLatin1(kMarkedVariable);
        if (name == "listen" || name == "address") return deadAddress().section('/', -1);
        if (kind == "column definitions") return QJsonArray{"a STRING"};
        if (kind == "columns") return QJsonArray{"a"};
        if (kind == "join condition") return "left.a = right.a";
        if (kind == "duration") return "1s";
        if (kind == "integer" || kind == "number") return 1;
        if (kind == "choice") return param["choices"].toArray().first();
        return "name";
    }

    /// Parameters of a node type in which `connection` stands in the parameter of that name; none of it
    /// counts where that is empty.
    QJsonObject paramsOf(const QJsonObject& node, const QString& which, const QString& connection,
                         const QString& address) {
        const QJsonArray declared = node["params"].toArray();
        std::map<QString, QString> chosen;
        for (const QJsonValue& param : declared)
            chosen[param.toObject()["name"].toString()] = param.toObject()["default"].toVariant().toString();
        QJsonObject params;
        // Those on which it depends that the connection counts.
        QString dependent = which;
        for (int i = 0; i < kMostDeciders && !dependent.isEmpty(); ++i) {
            const QJsonObject when = named(declared, dependent)["applies_when"].toObject();
            dependent = when["param"].toString();
            if (dependent.isEmpty()) break;
            const QString value = when["values"].toArray().first().toString();
            params[dependent] = chosen[dependent] = value;
        }
        for (const QJsonValue& each : declared) {
            const QJsonObject param = each.toObject();
            const QString name = param["name"].toString();
            const bool counts =
                param["required"].toBool() || name == "token" || name == "topic" || name == "listen";
            if (!counts || params.contains(name) || !holdsFor(param, chosen)) continue;
            if (name != which && param["kind"].toString() == "connection") {
                const QString other = param["choices"].toArray().first().toString();
                params[name] = connectTo(other, waysOf(named(m_kinds, other, "kind")).front(), address);
            } else {
                params[name] = plausible(param);
            }
        }
        if (!which.isEmpty()) params[which] = connection;
        return params;
    }

    /// NAME.rill with that node, and others around it.
    void pipeline(const QString& name, const QJsonObject& node, const QJsonObject& params) const {
        QJsonArray nodes{QJsonObject{{"id", "n"}, {"type", node["type"]}, {"params", params}}}, wires;
        for (const QJsonValue& port : node["inputs"].toArray()) {
            const QString feed = "feed_" + port.toString();
            const QJsonObject rows{{"columns", QJsonArray{"a STRING", "b STRING"}},
                                   {"rows", QJsonArray{QJsonArray{"x", "1"}, QJsonArray{"y", "2"}}}};
            nodes.append(QJsonObject{{"id", feed}, {"type", "rows"}, {"params", rows}});
            wires.append(QJsonObject{{"from", feed + ".out"}, {"to", "n." + port.toString()}});
        }
        if (node["outputs"].toArray().contains("out")) {
            const QJsonObject sink{{"path", name + ".csv"}};
            nodes.append(QJsonObject{{"id", "o"}, {"type", "csv_sink"}, {"params", sink}});
            wires.append(QJsonObject{{"from", "n.out"}, {"to", "o.in"}});
        }
        const QJsonObject all{{"rill", 1}, {"nodes", nodes}, {"wires", wires}};
        m_fixture->write(name + ".rill", QJsonDocument(all).toJson());
    }

    struct MarkedRun {
        QString name{};
        std::unique_ptr<RepeatingServer> server{};
        bool mustReach = false;
        std::unique_ptr<QProcess> process{};
    };

    std::unique_ptr<QProcess> beginMarked(const QString& name) const {
        QByteArrayList allowed;
        for (int i = 1; i <= m_made; ++i) allowed << "marked-" + QByteArray::number(i);
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", allowed.join(','));
        return m_fixture->begin({"run", name + ".rill", "--for", "2s", "--checkpoint-every", "200ms",
                                 "--checkpoint-dir", name + "_kept", "--metrics", name + ".json", "--record",
                                 name + ".tape"});
    }

    /// While it runs: its arguments, those of its children, and what these have in their environment.
    static void lookAt(const QProcess& process) {
        const QString own = QStringLiteral("/proc/%1/").arg(process.processId());
        const auto contents = [](const QString& path) {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray arguments = contents(own + "cmdline");
        QByteArray all = arguments;
        const QByteArray children =
            contents(own + QStringLiteral("task/%1/children").arg(process.processId()));
        for (const QByteArray& child : children.split(' ')) {
            if (child.isEmpty()) continue;
            const QString of = "/proc/" + QString::fromLatin1(child) + '/';
            // Between fork and exec a child still has all of the program's own.
            if (contents(of + "cmdline") == arguments) continue;
            all += contents(of + "cmdline") + contents(of + "environ");
        }
        QVERIFY2(leak(all).isEmpty(), leak(all).constData());
    }

    void finish(MarkedRun& run) {
        lookAt(*run.process);
        const Ended ended = ProgramFixture::ended(*run.process);
        QVERIFY2(ended.status != -1, describe(ended).constData());
        QVERIFY2(leak(ended).isEmpty(), (run.name.toUtf8() + ": " + leak(ended)).constData());
        QVERIFY2(!run.mustReach || run.server->clients() > 0,
                 (run.name.toUtf8() + " never came to its server\n" + describe(ended)).constData());
    }

    /// What else is told of a pipeline.
    void tellOf(const QString& name) const {
        const QString file = name + ".rill";
        for (const QStringList& words :
             {QStringList{"validate", file, "--json"}, QStringList{"explain", file},
              QStringList{"export", file, "--to", "flink-sql"},
              QStringList{"export", file, "--to", "pyflink"}, QStringList{"export", file, "--to", "pyspark"},
              QStringList{"checkpoints", file, "--checkpoint-dir", name + "_kept"},
              QStringList{"tape", name + ".tape", "--json"}}) {
            const Ended ended = m_fixture->run(words);
            QVERIFY2(leak(ended).isEmpty(), (words.join(' ').toUtf8() + ": " + leak(ended)).constData());
        }
    }

    /// Headers are no secret in the list of connections, which is the person's own.
    void lookIntoFiles() const {
        QDirIterator files(m_fixture->path("."), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly)) continue;
            QByteArray text = file.readAll();
            if (file.fileName().endsWith("/connections.json")) text.replace(kHeaderMarker, "");
            QVERIFY2(leak(text).isEmpty(), (file.fileName().toUtf8() + ": " + leak(text)).constData());
            ++seen;
        }
        QVERIFY(seen > 10);
    }

 private Q_SLOTS:
    void initTestCase() {
        qputenv(kMarkedVariable.constData(), kMarker);
        m_fixture = std::make_unique<ProgramFixture>();
        m_fixture->write("key.pem", kLockedKey);
        m_fixture->write("certificate.pem", kMarkedCertificate);
        const Ended kinds = m_fixture->run({"connections", "kinds", "--json"});
        m_kinds = QJsonDocument::fromJson(kinds.out).array();
        QVERIFY2(m_kinds.size() > 3, describe(kinds).constData());
        m_nodes = QJsonDocument::fromJson(m_fixture->run({"nodes", "--json"}).out).array();
        QVERIFY(!named(m_nodes, "http_sink", "type").isEmpty());
        int secrets = 0;
        for (const QJsonValue& kind : m_kinds)
            secrets += static_cast<int>(kind.toObject()["secrets"].toArray().size());
        QVERIFY(secrets > 10);
    }
    void cleanupTestCase() {
        m_fixture.reset();
        qunsetenv(kMarkedVariable.constData());
    }

    void testsAndLooksThatFail_data() {
        QTest::addColumn<QString>("kind");
        for (const QJsonValue& kind : m_kinds) {
            const QString name = kind.toObject()["kind"].toString();
            QTest::newRow(qPrintable(name)) << name;
        }
    }
    void testsAndLooksThatFail() {
        QFETCH(const QString, kind);
        struct Look {
            QByteArray words{};
            std::unique_ptr<QProcess> process{};
        };
        std::deque<RepeatingServer> servers;
        std::vector<Look> looks;  // at once, for some wait long for an answer
        for (const SecuredWay& way : waysOf(named(m_kinds, kind, "kind"))) {
            servers.emplace_back(kMarker);
            const QString name = connectTo(kind, way, QString::fromLatin1(servers.back().address()));
            if (QTest::currentTestFailed()) return;
            for (const QStringList& words :
                 {QStringList{"test", name}, QStringList{"test", name, "--json"}, QStringList{"browse", name},
                  QStringList{"browse", name, "name"}, QStringList{"slots", name}})
                looks.push_back(
                    {words.join(' ').toUtf8(), m_fixture->begin(QStringList{"connections"} + words)});
        }
        for (const Look& look : looks) {
            const Ended ended = ProgramFixture::ended(*look.process);
            QVERIFY2(ended.status != -1, (look.words + '\n' + describe(ended)).constData());
            QVERIFY2(leak(ended).isEmpty(), (look.words + ": " + leak(ended)).constData());
        }
        for (const RepeatingServer& server : servers) QVERIFY(server.clients() > 0);
        // Lists show headers, which are fields, and no secret.
        for (const QStringList& words : {QStringList{"connections"}, QStringList{"connections", "--json"},
                                         QStringList{"connections", "export"}}) {
            Ended ended = m_fixture->run(words);
            ended.out.replace(kHeaderMarker, "");
            QVERIFY2(ended.status == 0 && leak(ended).isEmpty(), describe(ended).constData());
        }
    }

    void runsThatFail() {
        std::deque<MarkedRun> running;
        QStringList names;
        int shown = 0;
        const auto finishOne = [&] {
            finish(running.front());
            shown += running.front().server->shown();
            running.pop_front();
        };
        const auto tryOne = [&](const QJsonObject& node, const QString& param, bool needed,
                                const QString& kind, const SecuredWay& way) {
            MarkedRun run;
            run.name = QStringLiteral("%1_%2").arg(node["type"].toString()).arg(names.size());
            run.server = std::make_unique<RepeatingServer>(kMarker);
            run.mustReach = needed;
            const QString address = QString::fromLatin1(run.server->address());
            const QString connection = kind.isEmpty() ? QString() : connectTo(kind, way, address);
            pipeline(run.name, node, paramsOf(node, param, connection, address));
            names << run.name;
            run.process = beginMarked(run.name);
            running.push_back(std::move(run));
            if (running.size() >= kRunsAtOnce) finishOne();
        };
        for (const QJsonValue& each : m_nodes) {
            const QJsonObject node = each.toObject();
            const QJsonArray params = node["params"].toArray();
            for (const QJsonValue& param : params) {
                if (param.toObject()["kind"].toString() != "connection") continue;
                for (const QJsonValue& kind : param.toObject()["choices"].toArray()) {
                    const QJsonObject declared = named(m_kinds, kind.toString(), "kind");
                    QVERIFY2(!declared.isEmpty(), qPrintable(kind.toString()));
                    for (const SecuredWay& way : waysOf(declared)) {
                        tryOne(node, param.toObject()["name"].toString(),
                               param.toObject()["required"].toBool(), kind.toString(), way);
                        if (QTest::currentTestFailed()) return;
                    }
                }
            }
            // One that has a token of its own, which others must show.
            if (!named(params, "token").isEmpty()) tryOne(node, {}, false, {}, {});
            if (QTest::currentTestFailed()) return;
        }
        while (!running.empty()) {
            finishOne();
            if (QTest::currentTestFailed()) return;
        }
        QVERIFY(names.size() > 20);
        QVERIFY2(shown > 0, "no server was shown the secret: this test tries nothing");
        for (const QString& name : names) {
            tellOf(name);
            if (QTest::currentTestFailed()) return;
        }
        lookIntoFiles();
    }

    /// A service takes what it is sent, and has no rows.
    void runsThatSucceed() {
        QStringList names;
        for (const QJsonValue& each : m_nodes) {
            const QJsonObject node = each.toObject();
            const QJsonObject param = named(node["params"].toArray(), "connection");
            if (!param["choices"].toArray().contains("http")) continue;
            const SmallServer server("{\"data\":[]}");
            const QString address = server.address().section('/', -1);
            const QString connection = connectTo("http", {}, address);
            const QString name = node["type"].toString() + "_good";
            pipeline(name, node, paramsOf(node, "connection", connection, address));
            const std::unique_ptr<QProcess> process = beginMarked(name);
            lookAt(*process);
            const Ended ended = ProgramFixture::ended(*process);
            QVERIFY2(leak(ended).isEmpty(), leak(ended).constData());
            if (ended.status == 0 && server.requests() > 0) names << name;
            tellOf(name);
            if (QTest::currentTestFailed()) return;
        }
        QVERIFY2(names.size() >= 2, qPrintable(names.join(' ')));
        lookIntoFiles();
    }
};

QTEST_GUILESS_MAIN(TestMarkerSecrets)
#include "test_marker_secrets.moc"
