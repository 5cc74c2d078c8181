// The local history of a pipeline: what is kept, what goes, and what a full disk, a damaged folder and
// several programs at once do to it.
#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <atomic>
#include <memory>
#include <set>
#include <thread>

#include "core/history/version_history.h"
#include "tests/support/full_disk.h"

using namespace rw;
using namespace rw::test;

namespace {

const std::string kFile = "/somewhere/orders.rill";

QDir folder() {
    return QDir(QString::fromStdString(versionFolder(kFile)));
}
QStringList texts() {
    return folder().entryList({QStringLiteral("*.rill")});
}
QString listFile() {
    return folder().filePath(QStringLiteral("versions.json"));
}

SavedVersion kept(const std::string& text, Instant at = 1) {
    const Result<SavedVersion> version = keepVersion(kFile, text, at);
    if (!version.ok()) qFatal("%s", english(version.error()).c_str());
    return *version;
}

std::vector<SavedVersion> all() {
    const Result<std::vector<SavedVersion>> versions = savedVersions(kFile);
    if (!versions.ok()) qFatal("%s", english(versions.error()).c_str());
    return *versions;
}

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

}  // namespace

class TestVersionHistory : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_home->path().toUtf8());
    }

    void theNewestComesFirst() {
        QVERIFY(all().empty());
        kept("one", 1000);
        kept("two", 2000);
        QCOMPARE(all().size(), std::size_t{2});
        QCOMPARE(all()[0].number, std::int64_t{2});
        QCOMPARE(all()[0].saved, Instant{2000});
        QCOMPARE(*versionText(kFile, 1), std::string("one"));
        QCOMPARE(*versionText(kFile, 2), std::string("two"));
        QVERIFY(!versionText(kFile, 3).ok());
        QVERIFY(savedVersions("/elsewhere/orders.rill")->empty());
    }

    void theSameTextIsThereOnce() {
        kept("one");
        QCOMPARE(kept("one").number, std::int64_t{1});
        kept("two");
        QCOMPARE(kept("one").number, std::int64_t{3});
        QCOMPARE(all().size(), std::size_t{3});
        QCOMPARE(texts().size(), 2);
        QVERIFY(dropVersion(kFile, 1).ok());
        QCOMPARE(*versionText(kFile, 3), std::string("one"));
        QVERIFY(dropVersion(kFile, 3).ok());
        QCOMPARE(texts().size(), 1);
        QVERIFY(!dropVersion(kFile, 3).ok());
    }

    void whatIsOverwrittenIsThereOnce() {
        kept("one");
        kept("two");
        QVERIFY(keepOverwritten(kFile, "one", 3).ok());
        QCOMPARE(all().size(), std::size_t{2});
        QVERIFY(keepOverwritten(kFile, "others", 4).ok());
        QCOMPARE(all().size(), std::size_t{3});
        QCOMPARE(*versionText(kFile, all().front().number), std::string("others"));
        QCOMPARE(all().front().saved, Instant{4});
    }

    void theOldestGoUnlessTheyHaveAName() {
        QCOMPARE(kMostVersions, std::size_t{200});
        kept("named");
        QVERIFY(nameVersion(kFile, 1, " first ").ok());
        for (std::size_t i = 0; i < kMostVersions + 5; ++i) kept("text " + std::to_string(i));
        QCOMPARE(all().size(), kMostVersions + 1);
        QCOMPARE(texts().size(), static_cast<int>(kMostVersions + 1));
        QCOMPARE(all().back().name, std::string("first"));
        QCOMPARE(all()[kMostVersions - 1].number, std::int64_t{7});
        QVERIFY(nameVersion(kFile, 1, "").ok());
        QCOMPARE(all().back().number, std::int64_t{7});
        QCOMPARE(kept("another").number, static_cast<std::int64_t>(kMostVersions + 7));
    }

    void largeOnesGoSooner() {
        const std::size_t half = kMostVersionBytes / 2 + 1;
        for (const char letter : {'a', 'b', 'c'}) kept(std::string(half, letter));
        QCOMPARE(all().size(), std::size_t{1});
        QCOMPARE(all()[0].number, std::int64_t{3});
    }

    void namesAreChecked() {
        kept("one");
        kept("two");
        QVERIFY(nameVersion(kFile, 1, "good").ok());
        QVERIFY(nameVersion(kFile, 1, "good").ok());
        QVERIFY(!nameVersion(kFile, 2, "good").ok());
        QVERIFY(!nameVersion(kFile, 2, std::string(kLongestVersionName + 1, 'x')).ok());
        QVERIFY(!nameVersion(kFile, 9, "other").ok());
        QVERIFY(!nameVersion("/nowhere/at_all.rill", 1, "other").ok());
        QVERIFY(!QFile::exists(QString::fromStdString(versionFolder("/nowhere/at_all.rill"))));
    }

    void aFullDiskLeavesTheHistoryAsItWas() {
        kept("one");
        const QStringList before = folder().entryList(QDir::AllEntries | QDir::Hidden);
        {
            const FullDisk full;
            QVERIFY(!keepVersion(kFile, std::string(5000, 'x'), 2).ok());  // the text
            QVERIFY(!keepVersion(kFile, "short", 2).ok());                 // the list
        }
        QCOMPARE(folder().entryList(QDir::AllEntries | QDir::Hidden), before);
        QCOMPARE(all().size(), std::size_t{1});
    }

    void aDamagedListIsMadeAnew() {
        kept("one");
        kept("two");
        for (const QByteArray& bytes :
             {QByteArray("{ \"rill_versions\": 1, \"next"), QByteArray("[]"), QByteArray(5000, '['),
              QByteArray(R"({"rill_versions":1,"next":9,"versions":[{"number":1,"saved":1,"bytes":1,)"
                         R"("content":"../../../etc/passwd"}]})"),
              QByteArray(R"({"rill_versions":1,"next":1,"versions":[7]})")}) {
            write(listFile(), bytes);
            QCOMPARE(all().size(), std::size_t{2});
            std::set<std::string> found;
            for (const SavedVersion& version : all()) found.insert(*versionText(kFile, version.number));
            QCOMPARE(found, (std::set<std::string>{"one", "two"}));
        }
        kept("three");
        QCOMPARE(all().size(), std::size_t{3});
        QVERIFY(QFile::exists(listFile() + QStringLiteral(".damaged")));
    }

    void aListOfANewerProgramIsLeftAlone() {
        kept("one");
        const QByteArray newer = R"({"rill_versions":2,"next":9,"versions":[]})";
        write(listFile(), newer);
        QVERIFY(!savedVersions(kFile).ok());
        QVERIFY(!keepVersion(kFile, "two", 2).ok());
        QFile file(listFile());
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), newer);
    }

    void aDamagedTextIsTold() {
        const SavedVersion version = kept("one");
        const QString path =
            folder().filePath(QString::fromStdString(version.content) + QStringLiteral(".rill"));
        write(path, "on");
        QVERIFY(!versionText(kFile, 1).ok());
        kept("two");
        QCOMPARE(kept("one").number, std::int64_t{3});  // the same text mends it
        QCOMPARE(*versionText(kFile, 1), std::string("one"));
        QVERIFY(QFile::remove(path));
        QVERIFY(!versionText(kFile, 1).ok());
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        QVERIFY(!versionText(kFile, 1).ok());  // and waits for nobody
    }

    void severalProgramsAtOnceLoseNothing() {
        constexpr int kThreads = 4, kEach = 10;
        std::vector<std::thread> threads;
        std::atomic<int> failed = 0;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([thread, &failed] {
                for (int i = 0; i < kEach; ++i) {
                    const std::string text = std::to_string(thread) + " " + std::to_string(i);
                    if (!keepVersion(kFile, text, i).ok()) ++failed;
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(failed.load(), 0);
        QCOMPARE(all().size(), std::size_t{kThreads * kEach});
        std::set<std::int64_t> numbers;
        for (const SavedVersion& version : all()) {
            numbers.insert(version.number);
            QVERIFY(versionText(kFile, version.number).ok());
        }
        QCOMPARE(numbers.size(), all().size());
    }

 private:
    std::unique_ptr<QTemporaryDir> m_home{};
};

QTEST_APPLESS_MAIN(TestVersionHistory)
#include "test_version_history.moc"
