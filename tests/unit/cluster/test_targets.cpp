// Targets: valid ones, their file, their secrets.
#include <sys/stat.h>

#include <QtTest/QtTest>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/cluster/flink/flink_target.h"
#include "core/cluster/spark/spark_target.h"
#include "core/cluster/target_file.h"
#include "tests/support/child.h"

using namespace rw;

namespace {

Target flinkTarget() {
    Target target;
    target.name = "Flink “here”";
    target.folder = "/mnt/data";
    target.flink = {"https://flink.example:8083",
                    "https://flink.example:8081/below",
                    "/etc/ca.pem",
                    {SecretRef::Kind::Environment, "FLINK_TOKEN"},
                    false,
                    "/mnt/plans"};
    return target;
}

Target sparkTarget() {
    Target target;
    target.name = "Spark";
    target.engine = Engine::Spark;
    target.spark = {"/opt/spark/bin/spark-submit", "spark://computer:7077", {"--conf", "spark.a=b c"}};
    return target;
}

template <class T>
std::string saidOf(const Result<T>& result) {
    return result.ok() ? "ok" : english(result.error());
}

std::string saidOf(const Status& status) {
    return status.ok() ? "ok" : status.error().param + ": " + english(status.error());
}

std::string contentOf(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

unsigned modeOf(const std::filesystem::path& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 0777U : 0U;
}

/// The result of reading a file that has this in its list.
std::string readingOf(const std::string& list) {
    const testing::ScratchFolder scratch("targets");
    const std::filesystem::path path = scratch.path() / "targets.json";
    std::ofstream(path) << "{\"targets\": " << list << "}";
    return saidOf(readTargets(path));
}

}  // namespace

class TestTargets : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatIsWrittenIsRead() {
        const testing::ScratchFolder scratch("targets");
        const std::filesystem::path path = scratch.path() / "new" / "folder" / "targets.json";
        Target keyring = flinkTarget();
        keyring.name = "another";
        keyring.flink.token = {SecretRef::Kind::Keyring, "another 1a2b"};
        const std::vector<Target> targets{flinkTarget(), sparkTarget(), keyring, [] {
                                              Target plain;
                                              plain.name = "plain";
                                              plain.flink.gateway = "http://127.0.0.1:8083";
                                              plain.flink.jobManager = "http://127.0.0.1:8081";
                                              return plain;
                                          }()};
        QCOMPARE(saidOf(writeTargets(targets, path)), std::string("ok"));
        const auto read = readTargets(path);
        QCOMPARE(saidOf(read), std::string("ok"));
        QVERIFY(*read == targets);
        // Nothing is left beside it, and it is for people to read.
        const auto files = std::filesystem::directory_iterator(path.parent_path());
        QCOMPARE(std::distance(begin(files), end(files)), std::ptrdiff_t{1});
        const std::string text = contentOf(path);
        QVERIFY2(text.find("\n      \"name\": \"Flink “here”\",\n") != std::string::npos, text.c_str());
        QVERIFY2(text.ends_with("}\n"), text.c_str());
    }

    void othersCannotReadIt() {
        const testing::ScratchFolder scratch("targets");
        const std::filesystem::path path = scratch.path() / "targets.json";
        QCOMPARE(saidOf(writeTargets({sparkTarget()}, path)), std::string("ok"));
        QCOMPARE(modeOf(path), 0600U);
        std::filesystem::permissions(path, std::filesystem::perms::all);
        QCOMPARE(saidOf(writeTargets({flinkTarget()}, path)), std::string("ok"));
        QCOMPARE(modeOf(path), 0600U);
    }

    void aLinkStaysOne() {
        const testing::ScratchFolder scratch("targets");
        const std::filesystem::path path = scratch.path() / "targets.json", real = scratch.path() / "real";
        std::ofstream(real) << "{\"targets\": []}";
        std::filesystem::create_symlink(real, path);
        QCOMPARE(saidOf(writeTargets({sparkTarget()}, path)), std::string("ok"));
        QVERIFY(std::filesystem::is_symlink(path));
        QVERIFY(contentOf(real).find("spark-submit") != std::string::npos);
    }

    void whatCannotBeWrittenStaysAsItWas() {
        const testing::ScratchFolder scratch("targets");
        const std::filesystem::path path = scratch.path() / "targets.json";
        QVERIFY(writeTargets({sparkTarget()}, path).ok());
        const std::string before = contentOf(path);
        const std::string twins = saidOf(writeTargets({sparkTarget(), sparkTarget()}, path));
        QVERIFY2(twins.starts_with("name: ") && twins.find("“Spark”") != std::string::npos, twins.c_str());
        Target nameless = sparkTarget();
        nameless.name.clear();
        QVERIFY(!writeTargets({nameless}, path).ok());
        QCOMPARE(contentOf(path), before);
        std::filesystem::create_directories(scratch.path() / "folder");
        const std::string folder = saidOf(writeTargets({}, scratch.path() / "folder"));
        QVERIFY2(folder.find("folder") != std::string::npos, folder.c_str());
        std::ofstream(scratch.path() / "file") << "x";
        QVERIFY(!writeTargets({}, scratch.path() / "file" / "targets.json").ok());
    }

    void noFileHasNoTargets() {
        const testing::ScratchFolder scratch("targets");
        const auto read = readTargets(scratch.path() / "nowhere" / "targets.json");
        QVERIFY(read.ok() && read->empty());
    }

    void brokenFiles_data() {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const char* list, const char* words) {
            QTest::newRow(name) << QByteArray(list) << QByteArray(words);
        };
        row("no list", "3", "targets: it should be a list.");
        row("half of one", "[", "line 1");
        row("no object", "[1]", "targets[0]: it should be an object.");
        row("no engine", "[{\"name\": \"a\"}]", "targets[0].engine: it should be “flink” or “spark”.");
        row("no name", "[{\"engine\": \"spark\", \"spark\": {}}]",
            "targets[0].name: The target has no name.");
        row("a number for a name", "[{\"name\": 1, \"engine\": \"spark\"}]",
            "targets[0].name: it should be a text.");
        row("no place", "[{\"name\": \"a\", \"engine\": \"flink\"}]",
            "targets[0].flink: it should be an object.");
        row("no address", "[{\"name\": \"a\", \"engine\": \"flink\", \"flink\": {}}]",
            "targets[0].flink.gateway: The SQL gateway has no address.");
        row("charts in words", "[{\"name\": \"a\", \"engine\": \"flink\", \"flink\": {\"charts\": \"yes\"}}]",
            "targets[0].flink.charts: it should be true or false.");
        row("options in one", "[{\"name\": \"a\", \"engine\": \"spark\", \"spark\": {\"options\": \"-v\"}}]",
            "targets[0].spark.options: it should be a list of texts.");
        row("twins",
            "[{\"name\": \"a\", \"engine\": \"spark\", \"spark\": {}},"
            " {\"name\": \"a\", \"engine\": \"spark\", \"spark\": {}}]",
            "targets[1].name: Another target has the name “a” already.");
    }

    void brokenFiles() {
        QFETCH(QByteArray, list);
        QFETCH(QByteArray, words);
        const std::string said = readingOf(list.toStdString());
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
        QVERIFY2(said.find("targets.json”") != std::string::npos, said.c_str());
    }

    void aFolderIsNoFile() {
        const testing::ScratchFolder scratch("targets");
        const std::string said = saidOf(readTargets(scratch.path()));
        QVERIFY2(said.find("is a folder") != std::string::npos, said.c_str());
        QVERIFY2(said.find(".rill") == std::string::npos, said.c_str());
    }

    /// Of a newer version, or a user's note.
    void unknownMembersDoNoHarm() {
        QCOMPARE(readingOf("[{\"name\": \"a\", \"engine\": \"spark\", \"note\": [1], "
                           "\"spark\": {\"future\": true}}], \"version\": 7"),
                 std::string("ok"));
    }

    void secretsAreNoPartOfIt() {
        for (const char* token :
             {"\"s3cret\"", "{\"value\": \"s3cret\"}", "{\"keyring\": \"k\", \"value\": \"s3cret\"}"}) {
            const std::string said = readingOf(fmt::format(
                "[{{\"name\": \"a\", \"engine\": \"flink\", \"flink\": {{\"token\": {}}}}}]", token));
            QVERIFY2(said.find("targets[0].flink.token") != std::string::npos, said.c_str());
            QVERIFY2(said.find("Secrets do not belong into this file") != std::string::npos, said.c_str());
            QVERIFY2(said.find("s3cret") == std::string::npos, said.c_str());
        }
        // Where a name is expected, too.
        Target target = flinkTarget();
        target.flink.token.name = "eyJhbGciOi.J9-s3cret";
        const std::string said = saidOf(usableTarget(target));
        QVERIFY2(said.starts_with("token: ") && said.find("s3cret") == std::string::npos, said.c_str());
        Target spark = sparkTarget();
        spark.spark.options = {"--conf", "spark.authenticate.secret=s3cret"};
        const std::string option = saidOf(usableTarget(spark));
        QVERIFY2(option.starts_with("options: ") && option.find("s3cret") == std::string::npos,
                 option.c_str());
        spark.spark.options = {"--conf", "spark.kubernetes.driver.secretKeyRef.A=name:key"};
        QCOMPARE(saidOf(usableTarget(spark)), std::string("ok"));
    }

    void whatIsNoTarget_data() {
        using Change = std::function<void(Target&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char* name, Change change, const char* said) {
            QTest::newRow(name) << change << QByteArray(said);
        };
        row(
            "as it is", [](Target&) {}, "ok");
        row(
            "no name", [](Target& target) { target.name.clear(); }, "name: The target has no name.");
        row(
            "a slash", [](Target& target) { target.name = "a/b"; }, "name: The name of a target can't");
        row(
            "two lines", [](Target& target) { target.name = "a\nb"; }, "name: There is a line break");
        row(
            "a space", [](Target& target) { target.name = "a "; }, "name: The name begins or ends");
        row(
            "ours", [](Target& target) { target.name = "Embedded"; }, "name: “Embedded” is the engine");
        row(
            "a folder on two lines", [](Target& target) { target.folder = "a\nb"; }, "folder: There is");
        row(
            "no gateway", [](Target& target) { target.flink.gateway.clear(); },
            "gateway: The SQL gateway has no address.");
        row(
            "a word", [](Target& target) { target.flink.gateway = "flink"; },
            "gateway: “flink” is not the address");
        row(
            "no JobManager", [](Target& target) { target.flink.jobManager.clear(); },
            "job_manager: The JobManager has no address.");
        row(
            "a password", [](Target& target) { target.flink.jobManager = "https://a:b@c"; },
            "job_manager: An address is no place");
        row(
            "a token for all", [](Target& target) { target.flink.jobManager = "http://flink.example:8081"; },
            "job_manager: The token would go to");
        row(
            "a token on this computer",
            [](Target& target) { target.flink.jobManager = "http://127.0.0.1:8081"; }, "ok");
        row(
            "no token",
            [](Target& target) {
                target.flink.jobManager = "http://flink.example:8081";
                target.flink.token = {};
            },
            "ok");
        row(
            "half a path", [](Target& target) { target.flink.caFile = "ca.pem"; }, "ca_file: The path");
        row(
            "half a path of plans", [](Target& target) { target.flink.planFolder = "plans"; },
            "plan_folder: The path of the folder of plans");
        row(
            "plans behind a space", [](Target& target) { target.flink.planFolder = "/mnt/our plans"; },
            "plan_folder: Flink can't write plans to a folder with “ ” in its path.");
        row(
            "plans on two lines", [](Target& target) { target.flink.planFolder = "/a\nb"; },
            "plan_folder: There is a line break");
        row(
            "no plans", [](Target& target) { target.flink.planFolder.clear(); }, "ok");
        row(
            "no variable", [](Target& target) { target.flink.token.name.clear(); }, "token: That is no name");
        row(
            "no entry",
            [](Target& target) {
                target.flink.token = {SecretRef::Kind::Keyring, {}};
            },
            "token: The token is not in the keyring yet.");
        row(
            "no program",
            [](Target& target) {
                target = sparkTarget();
                target.spark.submit.clear();
            },
            "submit: There is no spark-submit");
        row(
            "no master",
            [](Target& target) {
                target = sparkTarget();
                target.spark.master.clear();
            },
            "master: Spark has no master.");
        row(
            "two words",
            [](Target& target) {
                target = sparkTarget();
                target.spark.options = {"--conf spark.a=b"};
            },
            "options: spark-submit would take");
        row(
            "an empty line",
            [](Target& target) {
                target = sparkTarget();
                target.spark.options = {""};
            },
            "options: One of the options");
        const auto options = [&row](const char* name, std::vector<std::string> words, const char* said) {
            row(
                name,
                [words](Target& target) {
                    target = sparkTarget();
                    target.spark.options = words;
                },
                said);
        };
        options("a driver there", {"--deploy-mode", "cluster"}, "options: A program whose driver");
        options("a driver there, in one word", {"--deploy-mode=cluster"}, "options: A program whose driver");
        options("a driver there, as a setting", {"--conf", "spark.submit.deployMode=cluster"},
                "options: A program whose driver");
        options("another master", {"--verbose", "--master", "yarn"}, "options: The master has a field");
        options("Spark Connect", {"--remote", "sc://computer"},
                "options: Programs are made for spark-submit");
        options("Spark Connect, as a setting", {"-c", "spark.api.mode=connect"},
                "options: Programs are made for spark-submit");
        options("no run", {"--version"}, "options: With --version spark-submit does not run");
        options("another program", {"spark.a=b"},
                "options: spark-submit would take “spark.a=b” for the program");
        options("no value", {"--conf"}, "options: There is nothing behind “--conf”.");
        const auto master = [&row](const char* name, const char* address, const char* said) {
            row(
                name,
                [address](Target& target) {
                    target = sparkTarget();
                    target.spark.master = address;
                },
                said);
        };
        master("a computer", "computer:7077", "master: “computer:7077” is no master");
        master("no address", "spark://", "master: “spark://” is no master");
        master("half a bracket", "local[2", "master: “local[2” is no master");
        master("yarn without a folder", "yarn", "folder: Containers of that master");
        master("containers without a folder", "k8s://https://computer:6443", "folder: Containers");
    }

    void mastersOfSpark() {
        Target target = sparkTarget();
        target.folder = "hdfs://computer/data";
        for (const char* master : {"local", "local[*]", "local[4,2]", "local-cluster[2,1,1024]", "yarn",
                                   "spark://a:7077,b:7077", "k8s://https://computer:6443"}) {
            target.spark.master = master;
            QCOMPARE(saidOf(usableTarget(target)), std::string("ok"));
            QCOMPARE(runsHere(target.spark), std::string(master).starts_with("local"));
        }
        target.spark.options = {"--deploy-mode", "client",      "--verbose",       "--conf",
                                "spark.a=b",     "--name=bids", "--driver-memory", "4g"};
        QCOMPARE(saidOf(usableTarget(target)), std::string("ok"));
    }

    void whatIsNoTarget() {
        QFETCH(std::function<void(Target&)>, change);
        QFETCH(QByteArray, said);
        Target target = flinkTarget();
        change(target);
        const std::string words = saidOf(usableTarget(target));
        QVERIFY2(words.starts_with(said.toStdString()), words.c_str());
    }

    void whereTheFileLies() {
        const QByteArray config = qgetenv("XDG_CONFIG_HOME"), home = qgetenv("HOME");
        qputenv("XDG_CONFIG_HOME", "/somewhere");
        QCOMPARE(targetsPath(), std::string("/somewhere/rillwright/targets.json"));
        qputenv("XDG_CONFIG_HOME", "relative");  // counts as not set, says its specification
        qputenv("HOME", "/home/me");
        QCOMPARE(targetsPath(), std::string("/home/me/.config/rillwright/targets.json"));
        qputenv("XDG_CONFIG_HOME", config);
        qputenv("HOME", home);
    }

    void foundByName() {
        const std::vector<Target> targets{flinkTarget(), sparkTarget()};
        const auto found = targetNamed(targets, "Spark");
        QVERIFY(found.ok() && *found == sparkTarget());
        QVERIFY(saidOf(targetNamed(targets, "spark")).find("“Flink “here””, “Spark”") != std::string::npos);
        QVERIFY(saidOf(targetNamed({}, "a")).find("None is known yet") != std::string::npos);
    }

    void serversHaveTheToken() {
        const SecretSource secrets = [](const SecretRef& secret) -> Result<Secret> {
            return Secret(secret.name + "!");
        };
        const auto gateway = gatewayOf(flinkTarget(), secrets);
        const auto jobManager = jobManagerOf(flinkTarget(), secrets);
        QVERIFY(gateway.ok() && jobManager.ok());
        QCOMPARE(gateway->address, std::string("https://flink.example:8083"));
        QCOMPARE(jobManager->address, std::string("https://flink.example:8081/below"));
        for (const HttpServer& server : {*gateway, *jobManager}) {
            QVERIFY(server.bearer.reveal([](std::string_view text) { return text == "FLINK_TOKEN!"; }));
            QCOMPARE(server.caFile, std::string("/etc/ca.pem"));
        }
        Target plain = flinkTarget();
        plain.flink.gateway = "http://flink.example:8083";
        QVERIFY(saidOf(gatewayOf(plain, secrets)).find("for everybody to read") != std::string::npos);
        QVERIFY(saidOf(gatewayOf(sparkTarget(), secrets)).find("is no Flink") != std::string::npos);
        QVERIFY(!gatewayOf(flinkTarget(), [](const SecretRef&) {
                     return Result<Secret>(Status(ErrorCode::Io, RW_TEXT("test", "locked")));
                 }).ok());
    }
};

QTEST_APPLESS_MAIN(TestTargets)
#include "test_targets.moc"
