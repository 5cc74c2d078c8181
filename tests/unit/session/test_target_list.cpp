// The targets as the window has them: written whole, read again, never over a file that can't be read.
#include <QtTest/QtTest>
#include <fstream>

#include "core/cluster/target_file.h"
#include "widgets/session/target_list.h"

using namespace rw;
using namespace rw::ui;

namespace {

Target sparkNamed(const std::string& name) {
    Target target;
    target.name = name;
    target.engine = Engine::Spark;
    return target;
}

}  // namespace

class TestTargetList : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string path() const { return m_folder.filePath(QStringLiteral("x/targets.json")).toStdString(); }

 private Q_SLOTS:
    void init() { QDir(m_folder.filePath(QStringLiteral("x"))).removeRecursively(); }

    void whatIsSetIsWritten() {
        TargetList list(path());
        QVERIFY(list.targets().empty() && list.trouble().ok());
        QSignalSpy told(&list, &TargetList::changed);
        QVERIFY(list.set({sparkNamed("a"), sparkNamed("b")}).ok());
        QCOMPARE(told.size(), 1);
        QVERIFY(list.set({sparkNamed("a"), sparkNamed("b")}).ok());
        QCOMPARE(told.size(), 1);
        QVERIFY(list.named(QStringLiteral("b")) == &list.targets()[1]);
        QVERIFY(list.named(QStringLiteral("c")) == nullptr);
        const TargetList again(path());
        QVERIFY(again.targets() == list.targets());
    }

    void whatCannotBeIsNotKept() {
        TargetList list(path());
        QVERIFY(list.set({sparkNamed("a")}).ok());
        QSignalSpy told(&list, &TargetList::changed);
        const Status twins = list.set({sparkNamed("b"), sparkNamed("b")});
        QVERIFY(!twins.ok());
        QCOMPARE(QString::fromStdString(twins.error().param), QStringLiteral("name"));
        QCOMPARE(told.size(), 0);
        QVERIFY(list.targets() == std::vector{sparkNamed("a")});
    }

    void othersMayWriteIt() {
        TargetList list(path());
        QSignalSpy told(&list, &TargetList::changed);
        list.reload();
        QCOMPARE(told.size(), 0);
        QVERIFY(writeTargets({sparkNamed("by hand")}, path()).ok());
        list.reload();
        QCOMPARE(told.size(), 1);
        QVERIFY(list.named(QStringLiteral("by hand")) != nullptr);
    }

    void whatAnotherWindowWroteIsNotLost() {
        TargetList here(path());
        QVERIFY(here.set({sparkNamed("a")}).ok());
        TargetList there(path());
        QVERIFY(there.set({sparkNamed("a"), sparkNamed("theirs")}).ok());
        QSignalSpy told(&here, &TargetList::changed);
        const Status lost = here.set({sparkNamed("ours")});
        QVERIFY(!lost.ok() && !lost.error().fix.empty());
        QCOMPARE(told.size(), 1);
        QVERIFY(here.named(QStringLiteral("theirs")) != nullptr);
        QVERIFY(here.set({sparkNamed("a"), sparkNamed("theirs"), sparkNamed("ours")}).ok());
        there.reload();
        QCOMPARE(there.targets().size(), std::size_t{3});
    }

    void anotherNameIsTold() {
        TargetList list(path());
        QVERIFY(list.set({sparkNamed("a"), sparkNamed("b")}).ok());
        std::vector<std::string> told;
        connect(&list, &TargetList::renamed, this, [&](const std::string& before, const std::string& now) {
            QVERIFY(list.named(QString::fromStdString(now)) != nullptr);
            told.push_back(before + " is " + now);
        });
        QVERIFY(list.set({sparkNamed("a"), sparkNamed("c")}).ok());
        QCOMPARE(told, std::vector<std::string>{"b is c"});
        Target other = sparkNamed("d");
        other.spark.master = "local[1]";
        QVERIFY(list.set({sparkNamed("a"), other}).ok());  // it is not known whether it is the same one
        QVERIFY(list.set({sparkNamed("a")}).ok());
        QCOMPARE(told.size(), std::size_t{1});
    }

    void aBrokenFileStaysAsItIs() {
        QVERIFY(writeTargets({sparkNamed("a")}, path()).ok());
        TargetList list(path());
        QSignalSpy told(&list, &TargetList::changed);
        std::ofstream(path()) << "{ broken";
        list.reload();
        QCOMPARE(told.size(), 1);
        QVERIFY(!list.trouble().ok() && list.targets().empty());
        QVERIFY(!list.set({sparkNamed("b")}).ok());
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("{ broken"));
        QVERIFY(writeTargets({sparkNamed("c")}, path()).ok());
        list.reload();
        QVERIFY(list.trouble().ok() && list.set({sparkNamed("b")}).ok());
    }
};

QTEST_MAIN(TestTargetList)
#include "test_target_list.moc"
