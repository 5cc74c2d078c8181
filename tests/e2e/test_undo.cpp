// A user who undoes everything: at the start undo gives the original bytes, and redo gives the last
// ones again.
#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kFile = "steps.rill";

/// With parts that are not touched: a note, and a key of a later version.
constexpr const char* kPipeline = R"json({ "rill": 1, "name": "steps",
  "nodes": [ { "id": "typed", "type": "rows", "title": "Typed", "at": [96, 96],
               "params": { "columns": ["v INT"], "rows": [[1], [2], [3]] } } ],
  "wires": [], "notes": [ { "text": "kept", "at": [96, 400], "size": [240, 80] } ],
  "of a later version": { "kept": 1.0 } })json";

const ElementPath kCondition = field("Condition", "text");

/// The button above the canvas that undoes or redoes a step, by its text on the step.
ElementPath step(const std::string& words) {
    return {{"tool bar", ""}, {"", words}};
}

/// Where a card stands against the other, which stays; the canvas itself may be scrolled.
int rightOfTyped(const DesignerFixture& designer) {
    return designer.screen.await(node("Filter")).x - designer.screen.await(node("Typed")).x;
}

void awaitPlace(const DesignerFixture& designer, int place) {
    until([&] { return rightOfTyped(designer) == place; }, [] { return "The card is not where it was"; });
}

struct Places {
    int before = 0, after = 0;
};

/// Adds, wires, types and moves, a step each.
Places edit(DesignerFixture& designer) {
    drop(designer, "Filter", 780, 140);
    designer.screen.await(step("Undo Add “Filter”"));
    connect(designer, "Typed", "output rows", "Filter", "input");
    designer.screen.await(step("Undo Connect"));
    select(designer, "Filter");
    fill(designer, kCondition, "v > 1");
    designer.screen.await(step("Undo Change “Filter”"));
    Places places{rightOfTyped(designer), 0};
    const Element taken = head(designer, "Filter");
    designer.input.drag(taken, taken.middleX() - 96, taken.middleY() + 160);
    designer.screen.await(step("Undo Move"));
    places.after = rightOfTyped(designer);
    check(places.after < places.before, "The card has not moved");
    return places;
}

void undoAll(DesignerFixture& designer, const Places& places) {
    designer.input.press("ctrl+z");
    awaitPlace(designer, places.before);
    designer.screen.await(step("Redo Move"));
    designer.input.press("ctrl+z");
    designer.screen.await(step("Redo Change “Filter”"));
    designer.input.press("ctrl+z");
    designer.screen.awaitGone(wire("Typed", "Filter"));
    designer.input.press("ctrl+z");
    designer.screen.awaitGone(node("Filter"));
    designer.screen.await(step("Nothing to undo"));
}

void doAgain(DesignerFixture& designer, const Places& places) {
    for (const char* next : {"Redo Connect", "Redo Change “Filter”", "Redo Move", "Nothing to redo"}) {
        designer.input.press("ctrl+shift+z");
        designer.screen.await(step(next));
    }
    designer.screen.await(wire("Typed", "Filter"));
    awaitPlace(designer, places.after);
}

}  // namespace

int main() {
    return play("undo", [](DesignerFixture& designer) {
        designer.write("given.rill", kPipeline);
        designer.start("given.rill");
        // As the program itself writes it.
        designer.input.press("ctrl+shift+s");
        answerFileName(designer, "Save the pipeline", kFile);
        designer.screen.awaitFocus({{"frame", kFile}});
        const std::string first = designer.contents(kFile);
        check(first.find("of a later version") != std::string::npos, "What a later version wrote is lost");

        const Places places = edit(designer);
        save(designer, kFile);
        const std::string last = designer.contents(kFile);
        check(last.find("v > 1") != std::string::npos, "What was typed is not in the file");

        undoAll(designer, places);
        save(designer, kFile);
        check(designer.contents(kFile) == first,
              "Undo to the start gives other bytes:\n" + designer.contents(kFile));
        doAgain(designer, places);
        save(designer, kFile);
        check(designer.contents(kFile) == last,
              "Redo to the end gives other bytes:\n" + designer.contents(kFile));
        designer.quit();
    });
}
