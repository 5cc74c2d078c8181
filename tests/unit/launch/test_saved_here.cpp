// Files that this user's designer saved are told from all others by what they hold.
#include <QDir>
#include <QTemporaryDir>
#include <cstdlib>
#include <fstream>

#include <QtTest/QtTest>

#include "core/launch/saved_here.h"

using namespace rw;

class TestSavedHere : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void onlyTheSameTextIsKnown() {
        const QTemporaryDir home;
        ::setenv("XDG_DATA_HOME", home.path().toUtf8().constData(), 1);
        QVERIFY(!wasSavedHere("mine"));
        QVERIFY(QDir(home.path()).mkpath(QStringLiteral("rillwright/consent")));
        const std::string list = home.filePath(QStringLiteral("rillwright/consent/saved")).toStdString();
        std::ofstream(list) << contentFingerprint("older") << '\n' << contentFingerprint("mine") << '\n';
        QVERIFY(wasSavedHere("mine") && wasSavedHere("older"));
        QVERIFY(!wasSavedHere("mine ") && !wasSavedHere(""));
        // The end of a line that was broken off is no fingerprint.
        std::ofstream(list) << contentFingerprint("mine");
        QVERIFY(!wasSavedHere("mine"));
    }

    void theFingerprintIsTheDesigners() {
        QCOMPARE(contentFingerprint("abc"),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }
};

QTEST_APPLESS_MAIN(TestSavedHere)
#include "test_saved_here.moc"
