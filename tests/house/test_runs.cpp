// Views know the run by its abilities: a run here, a replay and a run on a cluster are one thing to them.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/run_rules.h"

using namespace rw::house;

class TestRuns : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void viewsAskForAbilities() {
        QStringList breaches;
        for (const SourceFile& file : filesBelow({QStringLiteral("app"), QStringLiteral("widgets")},
                                                 {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const QString why = asksWhereTheRunIs(file.path, file.lines[i]);
                if (!why.isEmpty()) breaches << at(file.path, i + 1, why);
            }
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
    }

    void theRuleRefusesWhatItShould_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* line, bool allowed) {
            QTest::newRow(line) << QString::fromUtf8(line) << allowed;
        };
        row("const bool here = m_session.shown() == nullptr;", false);
        row("if (m_session.shown() != nullptr) return;", false);
        row("if (nullptr != m_session.shown()) return;", false);
        row("if (!m_session.shown()) return;", false);
        row("if (m_scene.session().shown() == nullptr) return;", false);
        row("return m_session.shown() ? tr(\"there\") : tr(\"here\");", false);
        row("const QString why = m_session.shown()->whyUntold();", false);
        row("if (!m_session.shownRun().has(RunAbility::Rows)) return;", true);
        row("if (wanted == m_session.shown()) return;", true);
        row("// m_session.shown() == nullptr would ask where it is", true);
        row("const Instant from = line().shown().first;", true);
    }

    void theRuleRefusesWhatItShould() {
        QFETCH(QString, line);
        QFETCH(bool, allowed);
        QCOMPARE(asksWhereTheRunIs(QStringLiteral("widgets/panels/x.cpp"), line).isEmpty(), allowed);
        QVERIFY(asksWhereTheRunIs(QStringLiteral("widgets/session/x.cpp"), line).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestRuns)
#include "test_runs.moc"
