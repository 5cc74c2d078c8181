// A person records a run, and replays its tape when the file that it read is gone: the same rows come.
#include <algorithm>

#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "taped",
  "nodes": [
    { "id": "few", "type": "csv_source", "title": "Few", "at": [96, 160],
      "params": { "path": "few.csv", "columns": ["n INT", "word STRING"] } },
    { "id": "kept", "type": "sqlite_sink", "title": "Kept", "at": [352, 160],
      "params": { "database": "kept.sqlite", "table": "t" } } ],
  "wires": [ { "from": "few", "to": "kept" } ] })json";

std::vector<std::string> rowsOf(const DesignerFixture& designer) {
    return designer.query("kept.sqlite", "SELECT n, word FROM t ORDER BY n");
}

/// Waits until the run has left its one tape, and says its name.
std::string tapeOf(const DesignerFixture& designer) {
    std::vector<std::filesystem::path> tapes;
    until(
        [&] {
            tapes.clear();
            std::error_code none;
            for (const auto& entry :
                 std::filesystem::directory_iterator(designer.path("rillwright/tapes"), none))
                if (entry.path().extension() == ".tape") tapes.push_back(entry.path());
            return tapes.size() == 1;
        },
        [&] { return "There are " + std::to_string(tapes.size()) + " tapes"; });
    return tapes.front().string();
}

void record(DesignerFixture& designer) {
    designer.input.click(designer.screen.await({{"tool bar", ""}, {"", "Record the runs"}}));
    runForTheFirstTime(designer);
    awaitRun(designer, "Finished");
}

void replay(DesignerFixture& designer, const std::string& tape) {
    ElementPath way{{"menu item", "Run"}};
    for (const char* entry : {"Record and replay", "Replay a tape…"}) {
        designer.input.click(designer.screen.await(way));
        way.push_back({"menu item", entry});
    }
    designer.input.click(designer.screen.await(way));
    answerFileName(designer, "Choose a tape", tape);
}

}  // namespace

int main() {
    return play("replay", [](DesignerFixture& designer) {
        const std::vector<std::string> wanted{"1|one", "2|two", "3|"};
        designer.write("few.csv", "n,word\n1,one\n2,two\n3,\n");
        designer.write("taped.rill", kPipeline);
        designer.start("taped.rill");
        record(designer);
        check(rowsOf(designer) == wanted, "The recorded run has other rows than its file");
        const std::string tape = tapeOf(designer);
        std::filesystem::remove(designer.path("few.csv"));
        std::filesystem::remove(designer.path("kept.sqlite"));
        replay(designer, tape);
        until([&] { return rowsOf(designer) == wanted; },
              [] { return std::string("The replay does not give the rows of the tape"); });
        awaitRun(designer, "Finished");
        designer.quit();
    });
}
