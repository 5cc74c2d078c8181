// A person at the dashboard: cards are dragged by their heads and sized by their corners, which the file
// keeps; Freeze holds the pictures while data go on; and a picture is exported.
#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kFile = "board.rill";

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "board",
  "nodes": [
    { "id": "rows", "type": "csv_source", "title": "Rows", "at": [96, 160],
      "params": { "path": "in.csv", "columns": ["k STRING", "v BIGINT", "ts TIMESTAMP(3)"],
                  "event_time": "ts", "rate": 1000 } },
    { "id": "sums", "type": "window_aggregate", "title": "Sums", "at": [352, 160],
      "params": { "window": "tumble", "size": "2s", "keys": ["k"], "aggregates": ["SUM(v) AS total"] } },
    { "id": "line", "type": "line_chart", "title": "Totals", "at": [640, 96],
      "params": { "y": ["total"], "series": "k" } },
    { "id": "bars", "type": "bar_chart", "title": "Latest", "at": [640, 320],
      "params": { "category": "k", "value": "total" } } ],
  "wires": [ { "from": "rows", "to": "sums" }, { "from": "sums", "to": "line" },
             { "from": "sums", "to": "bars" } ],
  "dashboard": { "cards": [ { "node": "line", "at": [0, 0], "size": [6, 4] },
                            { "node": "bars", "at": [6, 0], "size": [6, 4] } ] } })json";

/// The title on the head of a card.
Way title(const std::string& name) {
    return {{"frame", kFile}, {"label", name}};
}

Thing card(const Desk& desk, const std::string& name) {
    return desk.eyes.around(title(name), "frame");
}

/// On the grid, as the file has it when it is saved.
void checkPlace(Desk& desk, const std::string& node, const std::string& at, const std::string& size) {
    const std::string place = R"({ "node": ")" + node + R"(", "at": )" + at + R"(, "size": )" + size + " }";
    check(desk.contents(kFile).find(place) != std::string::npos,
          "The file does not say " + place + ":\n" + desk.contents(kFile));
}

/// By so many columns and rows of the grid, from a place in the card of six columns and four rows.
void drag(Desk& desk, const Thing& from, const Thing& card, int columns, int rows) {
    desk.hands.drag(from, from.middleX() + columns * card.width / 6, from.middleY() + rows * card.height / 4);
}

void cardsAreMoved(Desk& desk) {
    const Thing before = card(desk, "Latest"), line = card(desk, "Totals");
    drag(desk, desk.eyes.await(title("Latest")), before, -6, 0);  // onto the other, which gives way downwards
    desk.eyes.await({{"tool bar", ""}, {"", "Undo Move card"}});
    check(card(desk, "Latest").x == line.x, "The card has not come along");
    save(desk, kFile);
    checkPlace(desk, "bars", "[0, 0]", "[6, 4]");
    checkPlace(desk, "line", "[0, 4]", "[6, 4]");
}

void cardsAreSized(Desk& desk) {
    const Thing before = card(desk, "Latest");
    constexpr int kInCorner = 6;
    const Thing corner{"corner", before.x + before.width - 2 * kInCorner,
                       before.y + before.height - 2 * kInCorner, 2 * kInCorner, 2 * kInCorner};
    drag(desk, corner, before, 2, -1);
    desk.eyes.await({{"tool bar", ""}, {"", "Undo Size card"}});
    check(card(desk, "Latest").width > before.width, "The card has not grown");
    save(desk, kFile);
    checkPlace(desk, "bars", "[0, 0]", "[8, 3]");
    desk.hands.press("ctrl+z");
    until([&] { return card(desk, "Latest").width == before.width; }, [] { return "It stays large"; });
}

/// The inside of a card, below its head and within its edges.
Thing picture(const Desk& desk, const std::string& name) {
    Thing part = card(desk, name);
    constexpr int kHead = 48, kEdge = 8;
    part.y += kHead;
    part.height -= kHead + kEdge;
    part.x += kEdge;
    part.width -= 2 * kEdge;
    return part;
}

void freezeHolds(Desk& desk) {
    const auto empty = desk.eyes.picture(picture(desk, "Totals"));
    runForTheFirstTime(desk);
    awaitRun(desk, "Running");
    desk.eyes.awaitChange(picture(desk, "Totals"), empty);
    const Way count = {{"frame", kFile}, {"label", "+ "}};  // rows that came since
    desk.hands.click(desk.eyes.await({{"", "Freeze"}}));
    const std::string first = desk.eyes.await(count).name;
    const Thing part = picture(desk, "Totals");
    const auto held = desk.eyes.picture(part);
    until([&] { return desk.eyes.await(count).name != first; }, [] { return "No rows come"; });
    check(desk.eyes.picture(part) == held, "A frozen chart goes on");
    desk.hands.click(desk.eyes.await({{"", "Freeze"}}));
    desk.eyes.awaitGone(count);
    desk.eyes.awaitChange(part, held);
}

void exportThePicture(Desk& desk) {
    choose(desk, {{"frame", kFile}, {"push button", "Export the visible range"}}, 2, 4);  // an SVG drawing
    answerFileName(desk, "Export the visible range", "totals.svg");
    desk.awaitFile("totals.svg");
    const std::string drawing = desk.contents("totals.svg");
    check(drawing.find("<svg") != std::string::npos && drawing.find("</svg>") != std::string::npos,
          "The drawing is none");
    check(drawing.find("Totals") != std::string::npos, "The drawing has no title");
    check(drawing.find("<p") != std::string::npos, "Nothing is drawn");  // path, polyline
}

}  // namespace

int main() {
    return play("dashboard", [](Desk& desk) {
        desk.write(kFile, kPipeline);
        desk.start(kFile);
        desk.hands.press("ctrl+2");
        cardsAreMoved(desk);
        cardsAreSized(desk);
        freezeHolds(desk);
        exportThePicture(desk);
        clickRunBar(desk, "Stop");
        awaitRun(desk, "Stopped");
        save(desk, kFile);
        desk.quit();
    });
}
