// Lists, checkpoints and deployments of a person are found in the same place whichever variables there are.
#include <pwd.h>
#include <unistd.h>

#include <QtTest/QtTest>

#include "core/base/own_folders.h"
#include "core/state/checkpoint_location.h"

using namespace rw;

class TestOwnFolders : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void cleanup() {
        qputenv("HOME", m_home);
        qputenv("XDG_CONFIG_HOME", m_config);
        qputenv("XDG_DATA_HOME", m_data);
    }

    void variablesNameThem() {
        qputenv("XDG_CONFIG_HOME", "/c");
        qputenv("XDG_DATA_HOME", "/d");
        QCOMPARE(configFolder(), std::string("/c/rillwright"));
        QCOMPARE(dataFolder(), std::string("/d/rillwright"));
        QVERIFY(locationAtHome("/x/a.rill").path.starts_with("/d/rillwright/checkpoints/a-"));
    }

    void relativeOnesDoNotCount() {
        qputenv("HOME", "/home/ann");
        qputenv("XDG_CONFIG_HOME", "c");
        qputenv("XDG_DATA_HOME", "");
        QCOMPARE(configFolder(), std::string("/home/ann/.config/rillwright"));
        QCOMPARE(dataFolder(), std::string("/home/ann/.local/share/rillwright"));
    }

    void aServiceHasNoVariables() {
        for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}) qunsetenv(name);
        const std::string home = ::getpwuid(::getuid())->pw_dir;
        QCOMPARE(configFolder(), home + "/.config/rillwright");
        QCOMPARE(dataFolder(), home + "/.local/share/rillwright");
        QVERIFY(
            locationAtHome("/x/a.rill").path.starts_with(home + "/.local/share/rillwright/checkpoints/a-"));
    }

 private:
    const QByteArray m_home = qgetenv("HOME");
    const QByteArray m_config = qgetenv("XDG_CONFIG_HOME");
    const QByteArray m_data = qgetenv("XDG_DATA_HOME");
};

QTEST_APPLESS_MAIN(TestOwnFolders)
#include "test_own_folders.moc"
