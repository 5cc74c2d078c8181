// How much memory the program may take: the machine's, or what the control groups around it leave.
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/machine_memory.h"

using namespace rw;

class TestMachineMemory : public QObject {
    Q_OBJECT

    static void limit(const QTemporaryDir& root, const QString& group, const char* text) {
        const QString folder = root.path() + QLatin1Char('/') + group;
        QVERIFY(QDir().mkpath(folder));
        QFile file(folder + QStringLiteral("/memory.max"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) > 0);
    }
    static quint64 memory(const QTemporaryDir& root, const char* member) {
        return memoryOfGroups(root.path().toStdString(), member).value_or(0);
    }

 private Q_SLOTS:
    void aMachineHasSome() {
        QVERIFY(usableMemory() >= std::uint64_t{64} << 20);
        QVERIFY(usableMemory() <= static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                                      static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
    }

    /// A group gets no more than those above it.
    void theSmallestOfItsGroupsCounts() {
        const QTemporaryDir root;
        limit(root, QStringLiteral("user"), "3000\n");
        limit(root, QStringLiteral("user/of"), "max\n");
        limit(root, QStringLiteral("user/of/me"), "5000\n");
        limit(root, QStringLiteral("other"), "7\n");
        QCOMPARE(memory(root, "4:memory:/other\n0::/user/of/me\n"), quint64{3'000});
        limit(root, QStringLiteral("user/of/me"), "2000\n");
        QCOMPARE(memory(root, "0::/user/of/me"), quint64{2'000});
        QCOMPARE(memory(root, "0::/user/of"), quint64{3'000});
        QCOMPARE(memory(root, "0::/other\n1:cpu:/user\n"), quint64{7});
    }

    /// Inside a container its own group is the root, or is written as it is outside.
    void aContainerHasItsLimitAtTheRoot() {
        const QTemporaryDir root;
        limit(root, QString(), "4000\n");
        for (const char* member : {"0::/\n", "0::/docker/1234\n", "0::/../../pod\n", "", "4:memory:/x\n"})
            QCOMPARE(memory(root, member), quint64{4'000});
    }

    void withoutALimitThereIsNone() {
        const QTemporaryDir root;
        for (const char* member : {"0::/\n", "0::/a/b\n", "", "\n\n", "no group"})
            QVERIFY(!memoryOfGroups(root.path().toStdString(), member));
        for (const char* text : {"max\n", "\n", "-1\n", "much"}) {
            limit(root, QStringLiteral("a"), text);
            QVERIFY2(!memoryOfGroups(root.path().toStdString(), "0::/a\n"), text);
        }
    }
};

QTEST_APPLESS_MAIN(TestMachineMemory)
#include "test_machine_memory.moc"
