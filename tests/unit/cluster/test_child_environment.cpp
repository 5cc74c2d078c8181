// Programs of others are started without the secrets that targets and connections name.
#include <cstdlib>
#include <fstream>

#include <QtTest/QtTest>

#include "core/cluster/child_environment.h"
#include "core/cluster/target_file.h"
#include "core/process/program_output.h"

using namespace rw;

namespace {

bool holds(const std::vector<std::string>& variables, const std::string& name) {
    return std::any_of(variables.begin(), variables.end(),
                       [&](const std::string& each) { return each.starts_with(name + "="); });
}

}  // namespace

class TestChildEnvironment : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void namedTokensStayHere() {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("targets.json")).toStdString();
        ::setenv("RILL_TEST_TOKEN", "secret", 1);
        ::setenv("RILL_TEST_TOKEN_2", "no secret", 1);
        const std::string connections = folder.filePath(QStringLiteral("connections.json")).toStdString();
        ::setenv("RILL_TEST_PASSWORD", "secret", 1);
        for (const char* const name : {"RILL_TEST_TOKEN", "RILL_TEST_PASSWORD"})
            QVERIFY(holds(childEnvironment(path, connections), name));  // there are no lists
        Target target;
        target.name = "there";
        target.flink.gateway = "http://127.0.0.1:8083";
        target.flink.jobManager = "http://127.0.0.1:8081";
        target.flink.token = {SecretRef::Kind::Environment, "RILL_TEST_TOKEN"};
        const Status written = writeTargets({target}, path);
        QVERIFY2(written.ok(), written.ok() ? "" : english(written.error()).c_str());
        std::ofstream(connections) << R"({"connections": [{"name": "shop", "kind": "greeter",
            "secrets": {"password": {"environment": "RILL_TEST_PASSWORD"}}}]})";
        const std::vector<std::string> variables = childEnvironment(path, connections);
        QVERIFY(!holds(variables, "RILL_TEST_TOKEN"));
        QVERIFY(!holds(variables, "RILL_TEST_PASSWORD"));
        QVERIFY(holds(variables, "RILL_TEST_TOKEN_2"));
        QVERIFY(holds(variables, "PATH"));
    }

    /// A target is tried before it is put in the list.
    void whatWasAskedForStaysHere() {
        ::setenv("RILL_TEST_ASKED", "secret", 1);
        const auto told = [] {
            return runProgram({{"/bin/sh", "-c", "echo \"<$RILL_TEST_ASKED>\""}, childEnvironment()}, 10'000);
        };
        const auto before = told();
        QVERIFY(before.ok());
        QCOMPARE(before->text, std::string("<secret>\n"));
        QVERIFY(environmentSecret({SecretRef::Kind::Environment, "RILL_TEST_ASKED"}).ok());
        const auto after = told();
        QVERIFY(after.ok());
        QCOMPARE(after->text, std::string("<>\n"));
    }
};

QTEST_APPLESS_MAIN(TestChildEnvironment)
#include "test_child_environment.moc"
