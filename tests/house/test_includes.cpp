// Includes only go down: app → widgets → core, and inside core and widgets as include_rules.cpp says.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/include_rules.h"

using namespace rw::house;

class TestIncludes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyFileKeepsTheDirection() {
        QStringList breaches;
        for (const SourceFile& file : cppFiles()) {
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const Include include = includeOf(file.lines[i]);
                const QString why = include.target.isEmpty() ? QString() : breach(file.path, include);
                if (!why.isEmpty()) breaches << at(file.path, i + 1, why);
            }
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
    }

    void theRulesRefuseWhatTheyShould_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("down") << "core/data/x.h"
                              << "#include \"core/base/status.h\"" << true;
        QTest::newRow("up in core") << "core/base/x.h"
                                    << "#include \"core/data/type.h\"" << false;
        QTest::newRow("sideways in core") << "core/runtime/x.h"
                                          << "#include \"core/nodes/nodes.def\"" << false;
        QTest::newRow("down in a room") << "core/sql/bind/x.h"
                                        << "#include \"core/sql/parse/ast.h\"" << true;
        QTest::newRow("up in a room") << "core/sql/parse/x.h"
                                      << "#include \"core/sql/bind/binder.h\"" << false;
        QTest::newRow("up from what parts share") << "core/sql/x.h"
                                                  << "#include \"core/sql/parse/ast.h\"" << false;
        QTest::newRow("sideways in a room") << "core/connect/csv/x.h"
                                            << "#include \"core/connect/sqlite/file.h\"" << false;
        QTest::newRow("part of another room") << "core/nodes/x.h"
                                              << "#include \"core/connect/csv/format.h\"" << true;
        QTest::newRow("unknown part") << "core/connect/kafka/x.h"
                                      << "#include \"core/connect/csv/format.h\"" << false;
        QTest::newRow("up to widgets") << "core/base/x.h"
                                       << "#include \"widgets/precompiled.h\"" << false;
        QTest::newRow("Qt in core") << "core/base/x.h"
                                    << "#include <QString>" << false;
        QTest::newRow("Qt module in core") << "core/base/x.h"
                                           << "#include <QtCore/qstring.h>" << false;
        QTest::newRow("Qt in core/connect") << "core/connect/sql/x.h"
                                            << "#include <QSqlQuery>" << false;
        QTest::newRow("std") << "core/base/x.h"
                             << "#include <queue>" << true;
        QTest::newRow("charts in charts") << "widgets/charts/x.h"
                                          << "#include <QLineSeries>" << true;
        QTest::newRow("charts elsewhere") << "widgets/canvas/x.h"
                                          << "#include <QLineSeries>" << false;
        QTest::newRow("widgets on core") << "widgets/canvas/x.h"
                                         << "#include \"core/base/status.h\"" << true;
        QTest::newRow("not from the top") << "widgets/canvas/x.h"
                                          << "#include \"status.h\"" << false;
        QTest::newRow("a feature on what is shared") << "widgets/checkpoints/x.h"
                                                     << "#include \"widgets/session/run_session.h\"" << true;
        QTest::newRow("a feature on another") << "widgets/checkpoints/x.h"
                                              << "#include \"widgets/replay/replay_feature.h\"" << false;
        QTest::newRow("the run on the document")
            << "widgets/session/x.h"
            << "#include \"widgets/document/pipeline_document.h\"" << true;
        QTest::newRow("the document on the run") << "widgets/document/x.h"
                                                 << "#include \"widgets/session/run_session.h\"" << false;
        QTest::newRow("background on the document")
            << "widgets/background/x.h"
            << "#include \"widgets/document/pipeline_document.h\"" << false;
        QTest::newRow("moc") << "widgets/canvas/x.cpp"
                             << "#include \"x.moc\"" << true;
    }

    void theRulesRefuseWhatTheyShould() {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(bool, allowed);
        const Include include = includeOf(line);
        QVERIFY(!include.target.isEmpty());
        QCOMPARE(breach(path, include).isEmpty(), allowed);
    }
};

QTEST_APPLESS_MAIN(TestIncludes)
#include "test_includes.moc"
