// The engine that the pipeline is for: targets by their names, engines alone where there is no target, a choice
// whose target goes, and that each file has its own.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/engine_choice.h"
#include "app/running/main_tool_bar.h"
#include "core/cluster/target_file.h"
#include "tests/unit/app/made_cluster.h"
#include "widgets/document/portability_check.h"
#include "widgets/session/target_list.h"

using namespace rw;
using namespace rw::ui;

namespace {

TargetList& targetsOf(const WindowFixture& fixture) {
    return *fixture.window->findChild<TargetList*>();
}

std::string chosenTarget(const ClusterWindow& fixture) {
    return fixture.cluster().target().value_or(Target{}).name;
}

}  // namespace

class TestEngineChoice : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    /// How the choices stand in the settings, the newest first, without their files.
    static QStringList kept() {
        QStringList keys;
        for (const QString& line : QSettings().value(QStringLiteral("run/engines")).toStringList())
            keys << line.section(u'\t', 0, 0);
        return keys;
    }
    bool save(const ClusterWindow& fixture, const char* name) const {
        return fixture.document().saveAs(path(name)).ok();
    }
    bool open(const ClusterWindow& fixture, const char* name) const {
        return fixture.document().open(path(name)).ok();
    }
    static QString shown(const ClusterWindow& fixture) { return fixture.bar().engineChoice().currentText(); }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void enginesAloneWithoutTargets() {
        const ClusterWindow fixture(std::vector<Target>{});
        QCOMPARE(fixture.engines(), (QStringList{"Embedded", "Apache Flink", "Apache Spark", "Targets…"}));
    }

    void targetsStandWithTheirEngines() {
        const ClusterWindow fixture({madeFlink("staging"), madeFlink("prod")});
        QCOMPARE(fixture.engines(),
                 (QStringList{"Embedded", "staging · Flink", "prod · Flink", "Apache Spark", "Targets…"}));
    }

    void aTargetIsToldToAll() {
        const ClusterWindow fixture;
        QVERIFY(save(fixture, "a.rill"));
        fixture.choose(QStringLiteral("staging · Flink"));
        QCOMPARE(chosenTarget(fixture), std::string("staging"));
        QCOMPARE(fixture.document().portability().engine(), std::optional(Engine::Flink));
        QCOMPARE(fixture.session().shown(), static_cast<RemoteRun*>(&fixture.cluster()));
        QCOMPARE(kept(), QStringList{"target:staging"});
        fixture.choose(QStringLiteral("grid · Spark"));
        QCOMPARE(fixture.document().portability().engine(), std::optional(Engine::Spark));
        QCOMPARE(chosenTarget(fixture), std::string("grid"));
        QCOMPARE(fixture.session().shown(), static_cast<RemoteRun*>(&fixture.cluster()));
        fixture.choose(QStringLiteral("Embedded"));
        QVERIFY(!fixture.document().portability().engine());
        QVERIFY(!fixture.cluster().target());
        QCOMPARE(kept(), QStringList());  // the initial choice need not be kept
    }

    void theChoiceIsThereAgain() {
        {
            const ClusterWindow fixture;
            QVERIFY(save(fixture, "a.rill"));
            fixture.choose(QStringLiteral("staging · Flink"));
        }
        const ClusterWindow fixture;
        QCOMPARE(shown(fixture), QStringLiteral("Embedded"));
        QVERIFY(open(fixture, "a.rill"));
        QCOMPARE(shown(fixture), QStringLiteral("staging · Flink"));
        QCOMPARE(chosenTarget(fixture), std::string("staging"));
        QVERIFY(fixture.session().shown() != nullptr);
    }

    void eachFileHasItsOwn() {
        const ClusterWindow fixture({madeFlink("staging")});
        QVERIFY(save(fixture, "plain.rill"));
        QVERIFY(save(fixture, "flink.rill"));
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(open(fixture, "plain.rill"));
        QCOMPARE(shown(fixture), QStringLiteral("Embedded"));
        QVERIFY(!fixture.cluster().target());
        fixture.choose(QStringLiteral("Apache Spark"));
        QVERIFY(open(fixture, "flink.rill"));
        QCOMPARE(shown(fixture), QStringLiteral("staging · Flink"));
        QVERIFY(open(fixture, "plain.rill"));
        QCOMPARE(shown(fixture), QStringLiteral("Apache Spark"));
        QCOMPARE(kept(), (QStringList{"spark", "target:staging"}));
        fixture.document().startEmpty();
        QCOMPARE(shown(fixture), QStringLiteral("Embedded"));
        QVERIFY(!fixture.document().portability().engine());
    }

    void aFileSavedUnderAnotherNameTakesItAlong() {
        const ClusterWindow fixture;
        fixture.choose(QStringLiteral("grid · Spark"));
        QCOMPARE(kept(), QStringList());  // it has no file yet
        QVERIFY(save(fixture, "first.rill"));
        QVERIFY(save(fixture, "second.rill"));
        QCOMPARE(shown(fixture), QStringLiteral("grid · Spark"));
        fixture.choose(QStringLiteral("Embedded"));
        QVERIFY(open(fixture, "first.rill"));
        QCOMPARE(shown(fixture), QStringLiteral("grid · Spark"));
        QVERIFY(open(fixture, "second.rill"));
        QCOMPARE(shown(fixture), QStringLiteral("Embedded"));
    }

    void aTargetThatIsGoneLeavesItsEngine() {
        const ClusterWindow fixture({madeFlink("staging"), madeFlink("prod")});
        fixture.choose(QStringLiteral("prod · Flink"));
        QVERIFY(targetsOf(fixture).set({madeFlink("staging")}).ok());
        QCOMPARE(fixture.bar().engineChoice().currentText(), QStringLiteral("Apache Flink"));
        QVERIFY(!fixture.cluster().target());
        QVERIFY(fixture.session().shown() == nullptr);
        QCOMPARE(fixture.document().portability().engine(), std::optional(Engine::Flink));
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(!fixture.engines().contains(QStringLiteral("Apache Flink")));
    }

    void theFirstTargetOfTheEngineIsWhatItWasMadeFor() {
        const ClusterWindow fixture(std::vector<Target>{});
        QVERIFY(targetsOf(fixture).set({madeSpark("grid")}).ok());  // the embedded engine stays
        QCOMPARE(fixture.bar().engineChoice().currentText(), QStringLiteral("Embedded"));
        fixture.choose(QStringLiteral("Apache Flink"));
        QVERIFY(targetsOf(fixture).set({madeSpark("grid"), madeFlink("staging")}).ok());
        QCOMPARE(fixture.bar().engineChoice().currentText(), QStringLiteral("staging · Flink"));
        QCOMPARE(chosenTarget(fixture), std::string("staging"));
        QVERIFY(targetsOf(fixture).set({madeSpark("grid"), madeFlink("prod")}).ok());
        QCOMPARE(fixture.bar().engineChoice().currentText(), QStringLiteral("prod · Flink"));
    }

    void aTargetThatWentWhileAwayLeavesItsEngine() {
        {
            const ClusterWindow fixture;
            QVERIFY(save(fixture, "a.rill"));
            fixture.choose(QStringLiteral("grid · Spark"));
        }
        const ClusterWindow fixture({madeFlink("staging")});
        QVERIFY(open(fixture, "a.rill"));
        QCOMPARE(fixture.bar().engineChoice().currentText(), QStringLiteral("Apache Spark"));
        QCOMPARE(fixture.document().portability().engine(), std::optional(Engine::Spark));
    }

    void whatIsEditedOfATargetHolds() {
        const ClusterWindow fixture;
        fixture.choose(QStringLiteral("staging · Flink"));
        Target moved = madeFlink("staging");
        moved.flink.jobManager = "http://127.0.0.1:2";
        QVERIFY(targetsOf(fixture).set({moved}).ok());
        QCOMPARE(fixture.cluster().target()->flink.jobManager, moved.flink.jobManager);
        QCOMPARE(fixture.bar().engineChoice().currentText(), QStringLiteral("staging · Flink"));
    }

    void anotherEnginesVerdictsAreOfNoTarget() {
        const ClusterWindow fixture;
        QVERIFY(save(fixture, "a.rill"));
        fixture.choose(QStringLiteral("staging · Flink"));
        fixture.document().portability().setEngine(Engine::Spark);
        QCOMPARE(fixture.bar().engineChoice().currentText(), QStringLiteral("Apache Spark"));
        QVERIFY(!fixture.cluster().target());
        QCOMPARE(kept(), QStringList{"target:staging"});
    }

    void targetsAreOpenedFromTheListAlone() {
        const ClusterWindow fixture;
        EngineChoice& choice = fixture.bar().engineChoice();
        QSignalSpy wanted(&choice, &EngineChoice::targetsRequested);
        const auto windows = [&] { return fixture.window->findChildren<QDialog*>().size(); };
        const auto before = windows();
        fixture.choose(QStringLiteral("Targets…"));  // as arrow keys come to it
        QCOMPARE(wanted.count(), 0);
        QCOMPARE(choice.currentText(), QStringLiteral("Embedded"));
        choice.showPopup();
        choice.hidePopup();
        fixture.choose(QStringLiteral("Targets…"));
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(choice.currentText(), QStringLiteral("Embedded"));
        QCOMPARE(windows(), before + 1);
        QCOMPARE(kept(), QStringList());
    }
};

QTEST_MAIN(TestEngineChoice)
#include "test_engine_choice.moc"
