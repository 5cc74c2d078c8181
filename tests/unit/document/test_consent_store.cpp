// The records of consents and of runs' outputs, with several writers at once.
#include <fcntl.h>
#include <sys/stat.h>

#include <QtTest/QtTest>
#include <thread>

#include "tests/unit/session/own_files.h"
#include "widgets/document/consent/run_consent.h"

using namespace rw;
using namespace rw::ui;

class TestConsentStore : public QObject, private OwnFiles {
    Q_OBJECT

    /// A file of another user that a node writes.
    Access written(const QString& name, const char* node) const {
        Access access;
        access.kind = Access::Kind::Writes;
        access.target = write(name, "precious").toStdString();
        access.node = node;
        return access;
    }

 private Q_SLOTS:
    void init() { renewFolder(); }

    void agreeingIsForOnePipelineAndWhatStoodThere() {
        const Consents consents(data());
        RunSubject subject;
        subject.path = path(QStringLiteral("a.rill")).toStdString();
        subject.content = "one";
        const std::vector<Access> accesses{written(QStringLiteral("out.csv"), "out")};
        const ConsentRequest asked = consents.requestFor(subject, accesses);
        QCOMPARE(asked.targets.size(), std::size_t{1});
        QVERIFY(!consents.requestFor(subject, accesses).empty());  // asking agrees to nothing
        QVERIFY(consents.requestFor(subject, accesses, asked).empty());
        QVERIFY(consents.requestFor(subject, accesses).empty());  // the start that it was for did not begin
        RunSubject other = subject;
        other.content = "two";
        QVERIFY(!consents.requestFor(other, accesses).empty());
        write(QStringLiteral("out.csv"), "precious, by another hand");
        QVERIFY(!consents.requestFor(subject, accesses).empty());
    }

    /// The length of a file does not tell its content.
    void aChangeThatKeepsTheSizeIsAskedAbout() {
        const Consents consents(data());
        RunSubject subject;
        subject.path = path(QStringLiteral("a.rill")).toStdString();
        const std::vector<Access> accesses{written(QStringLiteral("out.csv"), "out")};
        const ConsentRequest asked = consents.requestFor(subject, accesses);
        QVERIFY(consents.requestFor(subject, accesses, asked).empty());
        QTest::qWait(20);  // file systems count time in steps
        write(QStringLiteral("out.csv"), "Precious");
        QVERIFY(!consents.requestFor(subject, accesses).empty());
    }

    /// As a program does that unpacks or copies files with their times.
    void aChangeThatSetsTheTimeBackIsAskedAbout() {
        const Consents consents(data());
        RunSubject subject;
        subject.path = path(QStringLiteral("a.rill")).toStdString();
        const std::vector<Access> accesses{written(QStringLiteral("out.csv"), "out")};
        struct stat before {};
        QCOMPARE(::stat(accesses[0].target.c_str(), &before), 0);
        const ConsentRequest asked = consents.requestFor(subject, accesses);
        QVERIFY(consents.requestFor(subject, accesses, asked).empty());
        QTest::qWait(20);  // file systems count time in steps
        write(QStringLiteral("out.csv"), "Precious");
        const timespec times[2] = {before.st_atim, before.st_mtim};
        QCOMPARE(::utimensat(AT_FDCWD, accesses[0].target.c_str(), times, 0), 0);
        QVERIFY(!consents.requestFor(subject, accesses).empty());
    }

    void onlyWhatARunWroteIsItsOwn() {
        const Consents consents(data());
        RunSubject subject;
        subject.path = path(QStringLiteral("a.rill")).toStdString();
        const std::vector<Access> accesses{written(QStringLiteral("a.csv"), "a"),
                                           written(QStringLiteral("b.csv"), "b")};
        const auto foreign = [&] {
            std::vector<std::string> nodes;
            for (const auto& target : consents.requestFor(subject, accesses).targets)
                nodes.push_back(target.access.node);
            return nodes;
        };
        const auto run = [&](const OutputsWritten& left) {
            const auto outputs = consents.begin(subject, accesses);
            write(QStringLiteral("b.csv"), "by somebody while it ran");
            outputs->settle(left);
            return foreign();
        };
        using Nodes = std::vector<std::string>;
        QCOMPARE(foreign(), (Nodes{"a", "b"}));
        QCOMPARE(run({}), (Nodes{"a", "b"}));       // it failed before it put anything in place
        QCOMPARE(run({{"a"}, false}), Nodes{"b"});  // one was put in place before it failed
        write(QStringLiteral("b.csv"), "longer than what comes now, and precious");
        QCOMPARE(run({{}, true}), Nodes{});  // a live one: the changes are its own
        write(QStringLiteral("a.csv"), "by another hand");
        QCOMPARE(foreign(), Nodes{"a"});
    }

    void memoryOfWrongTypesIsForgotten() {
        ConsentStore store(data());
        store.change("p", [](ConsentRecord& record) { record.allowed.insert("x"); });
        const QString file = QDir(data()).entryList({QStringLiteral("*.json")}).value(0);
        for (const char* text : {"[]", "null", R"({"allowed": {"a": 1}, "written": ["b"]})",
                                 R"({"allowed": [1, null], "written": 5})", "\xff\xfe", ""}) {
            write(QStringLiteral("data/") + file, text);
            QVERIFY(store.read("p").allowed.empty() && store.read("p").written.empty());
        }
        write(QStringLiteral("data/") + file, R"({"written": {"k": [1, "2", 3, 4]}})");
        QVERIFY(store.read("p").written.empty());
    }

    void twoProgramsWriteAtOnce() {
        std::vector<std::thread> programs;
        for (int i = 0; i < 4; ++i) {
            programs.emplace_back([this, i] {
                ConsentStore store(data());
                for (int j = 0; j < 20; ++j) {
                    store.change("p", [&](ConsentRecord& record) {
                        record.allowed.insert(std::to_string(i) + "/" + std::to_string(j));
                    });
                    store.addSaved(fingerprint(std::to_string(i * 100 + j)).toStdString());
                }
            });
        }
        for (std::thread& program : programs) program.join();
        const ConsentStore store(data());
        QCOMPARE(store.read("p").allowed.size(), std::size_t{80});
        for (int i = 0; i < 4; ++i) {
            for (int j = 0; j < 20; ++j)
                QVERIFY(store.wasSaved(fingerprint(std::to_string(i * 100 + j)).toStdString()));
        }
    }

    void threadsChangeWhatHasNoFile_data() {
        QTest::addColumn<QString>("pipeline");
        QTest::addColumn<bool>("writable");
        QTest::newRow("not saved yet") << QStringLiteral("unsaved:p") << true;
        QTest::newRow("memory that can't be written") << QStringLiteral("p") << false;
    }
    void threadsChangeWhatHasNoFile() {
        QFETCH(QString, pipeline);
        QFETCH(bool, writable);
        if (!writable) write(QStringLiteral("data"), "no folder");
        ConsentStore store(data());
        const std::string name = pipeline.toStdString();
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&store, &name, i] {
                for (int j = 0; j < 10; ++j) {
                    store.change(name, [&](ConsentRecord& record) {
                        QThread::msleep(1);  // the others write meanwhile
                        record.allowed.insert(std::to_string(i) + "/" + std::to_string(j));
                    });
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(store.read(name).allowed.size(), std::size_t{40});
    }

    void whatCouldNotBeWrittenComesOnTopOfWhatOthersWrote() {
        ConsentStore store(data());
        const auto allow = [](ConsentStore& in, const char* what) {
            in.change("p", [&](ConsentRecord& record) { record.allowed.insert(what); });
        };
        QVERIFY(QDir().rename(data(), path(QStringLiteral("away"))));
        allow(store, "kept here");
        QVERIFY(QDir().rename(path(QStringLiteral("away")), data()));
        ConsentStore other(data());
        allow(other, "theirs");
        allow(store, "mine");
        QCOMPARE(other.read("p").allowed, (std::set<std::string>{"kept here", "mine", "theirs"}));
    }
};

QTEST_MAIN(TestConsentStore)
#include "test_consent_store.moc"
