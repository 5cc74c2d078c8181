// The colours of comments: in the file, through edits as data, and where a file has something else there.
#include <QtTest/QtTest>

#include "core/pipeline/diff.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/note_color.h"
#include "core/pipeline/patch.h"

using namespace rw;

namespace {

Loaded loaded(const std::string& text) {
    Result<Loaded> found = loadPipeline(text);
    if (!found.ok()) qFatal("%s", english(found.error()).c_str());
    return std::move(*found);
}

/// A pipeline with one comment, of which `color` is the JSON.
std::string fileWith(const std::string& color) {
    return R"({ "rill": 1, "notes": [ { "text": "a", "at": [0, 0], "color": )" + color + " } ] }";
}

}  // namespace

class TestNoteColor : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void coloursAreSavedAndReadAgain() {
        Pipeline pipeline;
        for (const NoteColor color : kNoteColors) {
            Note note{"two\nlines", {1, 2}};
            setNoteColor(note, color);
            QVERIFY(noteColorOf(note) == color);
            pipeline.notes.push_back(note);
        }
        const std::string text = savePipeline(pipeline);
        QVERIFY(text.find(R"("color": "amber")") != std::string::npos);
        const Loaded again = loaded(text);
        QVERIFY(again.warnings.empty());
        QVERIFY(again.pipeline == pipeline);
        QCOMPARE(savePipeline(again.pipeline), text);
        for (std::size_t i = 0; i < kNoteColors.size(); ++i)
            QVERIFY(noteColorOf(again.pipeline.notes[i]) == kNoteColors[i]);
    }

    void noneLeavesNothingInTheFile() {
        Pipeline pipeline;
        pipeline.notes.push_back({"a", {}});
        const std::string before = savePipeline(pipeline);
        setNoteColor(pipeline.notes[0], NoteColor::Red);
        QVERIFY(savePipeline(pipeline) != before);
        setNoteColor(pipeline.notes[0], NoteColor::None);
        QCOMPARE(savePipeline(pipeline), before);
    }

    /// It is kept as it is, told, and shown as none; another one may be chosen.
    void unknownColoursAreKept() {
        for (const char* color : {R"("pink")", R"("Amber")", R"("")", R"("amber ")", "7", "null", "true",
                                  R"(["amber"])", R"({ "r": 1, "g": [0.5] })"}) {
            Loaded found = loaded(fileWith(color));
            QCOMPARE(found.warnings.size(), std::size_t{1});
            QCOMPARE(QString::fromStdString(english(found.warnings[0])),
                     QStringLiteral("This version does not know the colour in notes[0].color: the comment is "
                                    "shown without one, and the colour is kept in the file. Known colours "
                                    "are blue, green, amber, red and violet."));
            QVERIFY(found.warnings[0].severity == Severity::Warning);
            Note& note = found.pipeline.notes[0];
            QVERIFY2(noteColorOf(note) == NoteColor::None, color);
            QVERIFY2(note.unknown.at(kColorKey) == Json::parse(color), color);
            const std::string saved = savePipeline(found.pipeline);
            QCOMPARE(savePipeline(loaded(saved).pipeline), saved);
            setNoteColor(note, NoteColor::Green);
            QVERIFY(loaded(savePipeline(found.pipeline)).warnings.empty());
        }
        const std::string tooLong = "\"" + std::string(1'000'000, 'x') + "\"";
        QVERIFY(english(loaded(fileWith(tooLong)).warnings.at(0)).size() < 400);
    }

    /// The bytes don't depend on what came first, the colour or the key of a later version.
    void keysOfALaterVersionStay() {
        Loaded found = loaded(R"({ "rill": 1, "notes": [ { "text": "a", "later": 7, "color": "red" } ] })");
        QCOMPARE(found.warnings.size(), std::size_t{1});
        const std::string text = savePipeline(found.pipeline);
        Note& note = found.pipeline.notes[0];
        setNoteColor(note, NoteColor::Blue);
        QCOMPARE(note.unknown.at("later"), Json(7));
        setNoteColor(note, NoteColor::None);
        setNoteColor(note, NoteColor::Red);
        QCOMPARE(savePipeline(found.pipeline), text);
    }

    void patchesCarryThem() {
        Pipeline before;
        before.notes = {{"a", {1, 1}}, {"b", {2, 2}}};
        Pipeline after = before;
        setNoteColor(after.notes[1], NoteColor::Violet);
        const Patch patch = diff(before, after);
        QVERIFY(!patch.empty());
        Pipeline pipeline = before;
        apply(pipeline, patch);
        QCOMPARE(savePipeline(pipeline), savePipeline(after));
        apply(pipeline, invert(patch));
        QCOMPARE(savePipeline(pipeline), savePipeline(before));
    }
};

QTEST_APPLESS_MAIN(TestNoteColor)
#include "test_note_color.moc"
