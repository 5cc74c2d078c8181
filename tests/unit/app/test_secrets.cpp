// Tokens of targets from where they lie; a computer without a keyring says so and does not hang.
#include <QtTest/QtTest>
#include <thread>

#include "app/secrets.h"

using namespace rw;
using namespace rw::ui;

namespace {

std::string saidOf(const Status& status) {
    return status.ok() ? "ok" : english(status.error());
}

}  // namespace

class TestSecrets : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theEnvironmentIsAsked() {
        qputenv("RW_TEST_TOKEN", "t0ken");
        const SecretSource secrets = desktopSecrets();
        const auto token = secrets({SecretRef::Kind::Environment, "RW_TEST_TOKEN"});
        QVERIFY(token.ok());
        QVERIFY(token->reveal([](std::string_view text) { return text == "t0ken"; }));
        const auto none = secrets({});
        QVERIFY(none.ok() && none->empty());
    }

    /// As on a server, where only a command line is.
    void withoutABusTheErrorComesAtOnce() {
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS"), runtime = qgetenv("XDG_RUNTIME_DIR");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("XDG_RUNTIME_DIR");
        const auto back = qScopeGuard([&] {
            if (!bus.isEmpty()) qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
            if (!runtime.isEmpty()) qputenv("XDG_RUNTIME_DIR", runtime);
        });
        const Status missing = desktopSecrets()({SecretRef::Kind::Keyring, "rillwright test"}).status();
        const std::string read = saidOf(missing);
        QVERIFY2(read.find("environment variable") != std::string::npos, read.c_str());
        QVERIFY(errorKindOf(missing.error().code) == ErrorKind::Denied);  // a run is not tried again
        const std::string written = saidOf(writeSecret("rillwright test", Secret("t0ken")));
        QVERIFY2(written.find("environment variable") != std::string::npos, written.c_str());
    }

    /// A bus without a listener.
    void withoutAKeyringTheErrorComes() {
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all");
        const auto back = qScopeGuard([&] {
            if (bus.isEmpty()) {
                qunsetenv("DBUS_SESSION_BUS_ADDRESS");
            } else {
                qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
            }
        });
        const SecretSource secrets = desktopSecrets();
        for (int i = 0; i < 3; ++i) {  // each is answered, in any order of the requests
            std::string said;
            std::thread other([&] { said = saidOf(secrets({SecretRef::Kind::Keyring, "k"}).status()); });
            other.join();
            QVERIFY2(said.find("environment variable") != std::string::npos, said.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "test_secrets.moc"
