// Paths of HDFS, patterns, and the files that they name.
#include "core/connect/hadoop/webhdfs_place.h"

#include <QtTest/QtTest>

#include "core/connect/hadoop/webhdfs_finder.h"

using namespace rw;

namespace {

WebhdfsStatus fileNamed(const std::string& name, std::uint64_t bytes = 1) {
    WebhdfsStatus status;
    status.name = name;
    status.bytes = bytes;
    return status;
}

WebhdfsStatus folderNamed(const std::string& name) {
    WebhdfsStatus status = fileNamed(name, 0);
    status.folder = true;
    return status;
}

using Names = std::vector<std::string>;

Names namesOf(WebhdfsFinder& finder) {
    Names names;
    for (const WebhdfsStatus& file : finder.takeFiles()) names.push_back(file.name);
    return names;
}

}  // namespace

class TestWebhdfsPlace : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void pathsBeginAtTheRoot() {
        QCOMPARE(webhdfsPath("data//in/").value_or("none"), std::string("/data/in"));
        QCOMPARE(webhdfsPath("").value_or("none"), std::string("/"));
        QVERIFY(!webhdfsPath("/data/../etc") && !webhdfsPath("hdfs://x/y") && !webhdfsPath("/a\nb"));
        QCOMPARE(encodedPath("/a b/\xc3\xa4&?"), std::string("/a%20b/%C3%A4%26%3F"));
        QCOMPARE(encodedValue("/a=b"), std::string("%2Fa%3Db"));
    }

    void patterns_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("fits");
        QTest::newRow("all") << "a.json"
                             << "*" << true;
        QTest::newRow("ending") << "a.json"
                                << "*.json" << true;
        QTest::newRow("other ending") << "a.jsonl"
                                      << "*.json" << false;
        QTest::newRow("twice") << "a-1-2.csv"
                               << "a*-?.csv" << true;
        QTest::newRow("one") << "ab"
                             << "a??" << false;
        QTest::newRow("star in name") << "a*b"
                                      << "a*b" << true;
        QTest::newRow("hostile") << QString(200, QLatin1Char('a'))
                                 << QStringLiteral("a*").repeated(60) + QLatin1Char('b') << false;
    }
    void patterns() {
        QFETCH(const QString, name);
        QFETCH(const QString, pattern);
        QFETCH(const bool, fits);
        QCOMPARE(matchesPattern(name.toStdString(), pattern.toStdString()), fits);
    }

    void whatServersSayOfFiles() {
        const auto status = statusOfAnswer(
            R"({"FileStatus":{"pathSuffix":"","type":"FILE","length":7,"modificationTime":9}})");
        QVERIFY(status && !status->folder);
        QCOMPARE(status->bytes, std::uint64_t{7});
        QCOMPARE(status->changed, Instant{9});
        QVERIFY(!statusOfAnswer("<html>"));
        QVERIFY(!listingOfAnswer(R"({"FileStatuses":{}})"));
        QVERIFY(!listingOfAnswer(R"({"FileStatuses":{"FileStatus":[{"pathSuffix":"../x","type":"FILE"}]}})"));
        QCOMPARE(listingOfAnswer(R"({"FileStatuses":{"FileStatus":[]}})")->size(), std::size_t{0});
    }

    void hostsAreNamed() {
        QCOMPARE(hostOfAddress("https://Data-1.example:9864/webhdfs"), std::string("data-1.example"));
        QCOMPARE(hostOfAddress("http://[::1]:9864"), std::string("[::1]"));
        QVERIFY(namesHost("a, *.hadoop.example", "data-1.hadoop.example"));
        QVERIFY(!namesHost("*.hadoop.example", "hadoop.example.attacker.example"));
        QVERIFY(!namesHost("", "a"));
    }

    void aFolderIsItsFiles() {
        WebhdfsFinder finder("/data");
        QCOMPARE(finder.next().value_or("none"), std::string("/data"));
        finder.take(std::vector{fileNamed("b"), folderNamed("c"), fileNamed(".hidden"), fileNamed("_SUCCESS"),
                                fileNamed("x._COPYING_"), fileNamed("a")});
        QVERIFY(!finder.next());
        QCOMPARE(namesOf(finder), (Names{"/data/a", "/data/b"}));
    }

    void aFileIsItself() {
        WebhdfsFinder finder("/data/_kept");
        finder.take(std::vector{fileNamed("")});
        QCOMPARE(namesOf(finder), Names{"/data/_kept"});
        WebhdfsFinder missing("/none");
        missing.take(std::nullopt);
        QVERIFY(missing.lacksRoot());
    }

    void aPatternGoesThroughFolders() {
        WebhdfsFinder finder("/data/day=*/in/o*.json");
        QCOMPARE(finder.next().value_or("none"), std::string("/data"));
        finder.take(std::vector{folderNamed("day=2"), folderNamed("day=1"), fileNamed("day=3"),
                                folderNamed("week=1")});
        Names asked;
        while (const auto folder = finder.next()) {
            asked.push_back(*folder);
            if (folder->ends_with("=1")) {
                finder.take(std::vector{folderNamed("in"), folderNamed("out")});
            } else if (folder->ends_with("=2")) {
                finder.take(std::nullopt);  // it was removed meanwhile
            } else {
                finder.take(std::vector{fileNamed("o2.json"), fileNamed("p.json"), fileNamed("o1.json")});
            }
        }
        QCOMPARE(asked, (Names{"/data/day=1", "/data/day=1/in", "/data/day=2"}));
        QVERIFY(!finder.lacksRoot());
        QCOMPARE(namesOf(finder), (Names{"/data/day=1/in/o1.json", "/data/day=1/in/o2.json"}));
    }
};

QTEST_APPLESS_MAIN(TestWebhdfsPlace)
#include "test_webhdfs_place.moc"
