// Every engine is whole: the backend of each answers all questions.
#include <QtTest/QtTest>
#include <set>

#include "core/cluster/engine_backend.h"
#include "core/cluster/known_job.h"
#include "core/cluster/standing_output.h"
#include "core/deploy/engine_writer.h"

using namespace rw;

namespace {

void addEngines() {
    QTest::addColumn<Engine>("engine");
    for (const Engine engine : kEngines) QTest::newRow(std::string(engineWord(engine)).c_str()) << engine;
}

}  // namespace

class TestEngineBackend : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void wordsNameEngines_data() { addEngines(); }
    void wordsNameEngines() {
        QFETCH(Engine, engine);
        QVERIFY(engineOfWord(engineWord(engine)) == engine);
        QVERIFY(!engineOfWord(engineName(engine)));  // files have the small word
        QVERIFY(!engineOfWord("embedded") && !engineOfWord(""));
        QVERIFY(writerOf(engine).engine == engine);
        QVERIFY(writerOf(engine).title.ends_with(engineName(engine)));
    }

    void aNewTargetNeedsItsNameAlone_data() { addEngines(); }
    void aNewTargetNeedsItsNameAlone() {
        QFETCH(Engine, engine);
        Target target = backendOf(engine).usualTarget();
        QVERIFY(target.engine == engine);
        QCOMPARE(usableTarget(target).error().param, std::string("name"));
        target.name = "one";
        QVERIFY(usableTarget(target).ok());
        QVERIFY(!backendOf(engine).addressOf(target).empty());
    }

    void fieldsAreTold_data() { addEngines(); }
    void fieldsAreTold() {
        QFETCH(Engine, engine);
        std::set<std::string> names;
        for (const TargetField& field : backendOf(engine).fields()) {
            QVERIFY2(names.insert(field.name).second, field.name);
            QVERIFY2(!field.label.empty(), field.name);
            const bool isSwitch = std::holds_alternative<TargetField::Switch>(field.place);
            QVERIFY2(isSwitch != field.words.empty(), field.name);
            // Two fields are two places.
            Target target = backendOf(engine).usualTarget();
            const auto* const line = std::get_if<TargetField::Line>(&field.place);
            if (line == nullptr) continue;
            (*line)(target) = "changed";
            int changed = 0;
            for (const TargetField& other : backendOf(engine).fields()) {
                const auto* const its = std::get_if<TargetField::Line>(&other.place);
                if (its != nullptr && fieldValue(target, *its) == "changed") ++changed;
            }
            QCOMPARE(changed, 1);
        }
    }

    void onlyWhatOutlivesItsProgramIsWatched_data() { addEngines(); }
    void onlyWhatOutlivesItsProgramIsWatched() {
        QFETCH(Engine, engine);
        Deployment run;
        run.job = "a1";
        run.engine = engine;
        run.savepoints = {{"/nowhere/checkpoint", 1}};
        const KnownJob known = knownHere(run, "/nowhere");
        const bool outlives = outlivesUs(engine);
        QVERIFY(known.answer == (outlives ? KnownJob::Answer::NotAsked : KnownJob::Answer::EndedWithUs));
        if (!outlives) QVERIFY(watchOnTarget({}, run) == nullptr);
        const auto asker = backendOf(engine).asker(backendOf(engine).usualTarget(), environmentSecret);
        QCOMPARE(asker.ok(), outlives);
    }

    /// Changes of another program meanwhile are kept where another program can have made them.
    void recordsAreMerged_data() { addEngines(); }
    void recordsAreMerged() {
        QFETCH(Engine, engine);
        Deployment mine, there;
        mine.savepoints = {{"/a", 1}};
        there.savepoints = {{"/b", 2}};
        const Deployment merged = backendOf(engine).merged(mine, there);
        QCOMPARE(merged.savepoints.size(), std::size_t{outlivesUs(engine) ? 2U : 1U});
    }
};

QTEST_APPLESS_MAIN(TestEngineBackend)
#include "test_engine_backend.moc"
