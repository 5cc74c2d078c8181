// The test of a connection to a Superset signs in with its user and password.
#include "core/connect/connections/superset_sign_in.h"

#include <QtTest/QtTest>

#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

ConnectionReport testedSuperset(const std::string& address) {
    const Connection superset{"s",
                              "superset",
                              {{"address", address}, {"user", "me"}},
                              {{"password", {SecretRef::Kind::Keyring, "s"}}}};
    const auto hunter = [](const SecretRef&) { return Result<Secret>(Secret("hun\"ter")); };
    return testConnection(superset, hunter, reachTesters());
}

/// “Sign in: As “me”.” of the last step.
std::string lastOf(const ConnectionReport& report) {
    return report.steps.empty()
               ? std::string()
               : english(report.steps.back().name) + ": " + english(report.steps.back().detail);
}

FakeServer::Reply loginAnswers(const std::string& body, int status) {
    return [body, status](const FakeRequest& request) {
        return request.line.starts_with("POST") ? answer(body, status) : answer("OK");
    };
}

}  // namespace

class TestSupersetSignIn : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theUserIsLetIn() {
        FakeServer server(loginAnswers("{\"access_token\":\"t\"}", 200));
        const ConnectionReport report = testedSuperset(server.address());
        QVERIFY2(report.failure() == nullptr && !report.warns(), lastOf(report).c_str());
        QCOMPARE(lastOf(report), std::string("Sign in: As “me”."));
        const FakeRequest login = server.requests().back();
        QCOMPARE(login.line, std::string("POST /api/v1/security/login"));
        QVERIFY(login.body.find("\"hun\\\"ter\"") != std::string::npos);
        QVERIFY(login.body.find("\"db\"") != std::string::npos);
    }

    void aWrongPasswordLeadsToItsField() {
        FakeServer server(loginAnswers("{\"message\":\"Not authorized\"}", 401));
        const ConnectionReport report = testedSuperset(server.address());
        QVERIFY(report.failure() != nullptr);
        QCOMPARE(report.failure()->field, std::string("password"));
        QVERIFY(!report.failure()->mend.empty());
        QVERIFY(lastOf(report).find("hun") == std::string::npos);
    }

    void whatIsNoSupersetIsSaid() {
        FakeServer page(loginAnswers("<html>Welcome</html>", 200));
        QVERIFY(testedSuperset(page.address()).failure() != nullptr);
        FakeServer broken(loginAnswers("", 500));
        QVERIFY(testedSuperset(broken.address()).failure() != nullptr);
    }
};

QTEST_APPLESS_MAIN(TestSupersetSignIn)
#include "test_superset_sign_in.moc"
