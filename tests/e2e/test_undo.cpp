// A person who takes everything back: to the start undo gives the bytes that were there first, and redo gives
// the last ones again.
#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kFile = "steps.rill";

/// With what nobody touches: a note, and what a later version wrote.
constexpr const char* kPipeline = R"json({ "rill": 1, "name": "steps",
  "nodes": [ { "id": "typed", "type": "rows", "title": "Typed", "at": [96, 96],
               "params": { "columns": ["v INT"], "rows": [[1], [2], [3]] } } ],
  "wires": [], "notes": [ { "text": "kept", "at": [96, 400], "size": [240, 80] } ],
  "of a later version": { "kept": 1.0 } })json";

const Way kCondition = field("Condition", "text");

/// The button above the canvas that takes a step back or does it again, by what it says of the step.
Way step(const std::string& words) {
    return {{"tool bar", ""}, {"", words}};
}

/// Where a card stands against the other, which stays; the canvas itself may be scrolled.
int rightOfTyped(const Desk& desk) {
    return desk.eyes.await(node("Filter")).x - desk.eyes.await(node("Typed")).x;
}

void awaitPlace(const Desk& desk, int place) {
    until([&] { return rightOfTyped(desk) == place; }, [] { return "The card is not where it was"; });
}

struct Places {
    int before = 0, after = 0;
};

/// Adds, wires, types and moves, a step each.
Places edit(Desk& desk) {
    drop(desk, "Filter", 780, 140);
    desk.eyes.await(step("Undo Add “Filter”"));
    connect(desk, "Typed", "output rows", "Filter", "input");
    desk.eyes.await(step("Undo Connect"));
    select(desk, "Filter");
    fill(desk, kCondition, "v > 1");
    desk.eyes.await(step("Undo Change “Filter”"));
    Places places{rightOfTyped(desk), 0};
    const Thing taken = head(desk, "Filter");
    desk.hands.drag(taken, taken.middleX() - 96, taken.middleY() + 160);
    desk.eyes.await(step("Undo Move"));
    places.after = rightOfTyped(desk);
    check(places.after < places.before, "The card has not moved");
    return places;
}

void takeBack(Desk& desk, const Places& places) {
    desk.hands.press("ctrl+z");
    awaitPlace(desk, places.before);
    desk.eyes.await(step("Redo Move"));
    desk.hands.press("ctrl+z");
    desk.eyes.await(step("Redo Change “Filter”"));
    desk.hands.press("ctrl+z");
    desk.eyes.awaitGone(wire("Typed", "Filter"));
    desk.hands.press("ctrl+z");
    desk.eyes.awaitGone(node("Filter"));
    desk.eyes.await(step("Nothing to undo"));
}

void doAgain(Desk& desk, const Places& places) {
    for (const char* next : {"Redo Connect", "Redo Change “Filter”", "Redo Move", "Nothing to redo"}) {
        desk.hands.press("ctrl+shift+z");
        desk.eyes.await(step(next));
    }
    desk.eyes.await(wire("Typed", "Filter"));
    awaitPlace(desk, places.after);
}

}  // namespace

int main() {
    return play("undo", [](Desk& desk) {
        desk.write("given.rill", kPipeline);
        desk.start("given.rill");
        // As the program itself writes it.
        desk.hands.press("ctrl+shift+s");
        answerFileName(desk, "Save the pipeline", kFile);
        desk.eyes.awaitFocus({{"frame", kFile}});
        const std::string first = desk.contents(kFile);
        check(first.find("of a later version") != std::string::npos, "What a later version wrote is lost");

        const Places places = edit(desk);
        save(desk, kFile);
        const std::string last = desk.contents(kFile);
        check(last.find("v > 1") != std::string::npos, "What was typed is not in the file");

        takeBack(desk, places);
        save(desk, kFile);
        check(desk.contents(kFile) == first, "Undo to the start gives other bytes:\n" + desk.contents(kFile));
        doAgain(desk, places);
        save(desk, kFile);
        check(desk.contents(kFile) == last, "Redo to the end gives other bytes:\n" + desk.contents(kFile));
        desk.quit();
    });
}
