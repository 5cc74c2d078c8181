// A run reaches time, threads and files by the interfaces of RunOptions: nothing in core goes past those.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/seam_rules.h"

using namespace rw::house;

class TestSeams : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void coreStaysBehindThem() {
        QStringList breaches, needed;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("core")}, {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const QString why = pastTheSeams(file.path, file.lines[i]);
                if (!why.isEmpty()) breaches << at(file.path, i + 1, why);
                needed << edgesThatAllow(file.path, file.lines[i]);
            }
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
        needed.removeDuplicates();
        const QString tooMany =
            difference(filesAtTheEdge(), QStringLiteral("allowed"), needed, QStringLiteral("needed"),
                       QStringLiteral("Take it out of tests/house/seam_rules.cpp."));
        QVERIFY2(tooMany.isEmpty(), qPrintable(tooMany));
    }

    void theRulesRefuseWhatTheyShould_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("allowed");
        const QString anywhere = QStringLiteral("core/connect/x.cpp");
        const auto refused = [&](const char* line) {
            QTest::newRow(line) << anywhere << QString::fromUtf8(line) << false;
        };
        const auto allowed = [&](const char* line) {
            QTest::newRow(line) << anywhere << QString::fromUtf8(line) << true;
        };
        refused("std::this_thread::sleep_for(kLookEvery);");
        refused("const auto now = std::chrono::steady_clock::now();");
        refused("return system_clock::now();");
        refused("m_wake.wait_for(lock, wait);");
        refused("std::thread closer;");
        refused("std::vector<std::thread> threads;");
        refused("FILE* file = fopen(path, mode);");
        refused("std::ofstream out(path);");
        refused("#include <fstream>");
        refused("const int fd = ::open(path, O_RDONLY);");
        refused("if (::rename(a, b) != 0) return;");
        refused("std::filesystem::create_directories(folder);");
        refused("if (!fs::exists(path, error)) return {};");
        refused("SQLite::Database database(path, SQLite::OPEN_READONLY);");
        refused("std::random_device device;");
        allowed("const std::filesystem::path path(context.text());");
        allowed("// waits as sleep_for would");
        allowed("auto file = files.open(path);");
        allowed("return StateReader::open(state);");
        allowed("std::max(1U, std::thread::hardware_concurrency());");
        allowed("Status look(SQLite::Database& database);");
        QTest::newRow("at the edge") << "core/base/time.cpp"
                                     << "std::this_thread::sleep_for(millis);" << true;
        QTest::newRow("another rule's edge") << "core/base/time.cpp"
                                             << "std::ofstream out(path);" << false;
    }

    void theRulesRefuseWhatTheyShould() {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(bool, allowed);
        QCOMPARE(pastTheSeams(path, line).isEmpty(), allowed);
    }
};

QTEST_APPLESS_MAIN(TestSeams)
#include "test_seams.moc"
