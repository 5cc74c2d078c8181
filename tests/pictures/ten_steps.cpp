#include "tests/pictures/ten_steps.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <optional>
#include <vector>

#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

namespace rw::pictures {

namespace {

using e2e::DesignerFixture;
using e2e::Element;
using e2e::ElementPath;
using e2e::until;

constexpr const char* kShort = "bids_from_csv.rill";
constexpr const char* kLong = "many_bids.rill";
constexpr int kHeight = 640,
              kRunningHeight = 790;  ///< of the window, which is as wide as the screen lets it be
constexpr int kDialogWidth = 600, kDialogHeight = 940;  ///< of the preferences: all of a target is in sight
constexpr int kCopies = 2016;                           ///< as in step 6
constexpr int kHead = 30;                               ///< of a card
constexpr auto kFiguresCome = std::chrono::seconds(25);
constexpr auto kFlinkPatience = std::chrono::minutes(3);  ///< the first job of one that has just been started

/// The example in the order of its wires, close together, so that its cards can be read in a picture.
constexpr const char* kPipeline = R"rill({ "rill": 1, "name": "%NAME%",
  "settings": { "time_zone": "UTC", "parallelism": 0 },
  "nodes": [
    { "id": "bids", "type": "csv_source", "title": "%BIDS%", "at": [0, 128],
      "params": { "path": "%PATH%",
                  "columns": ["auction BIGINT", "bidder BIGINT", "price DECIMAL(10,2)", "channel STRING", "ts TIMESTAMP(3)"],
                  "event_time": "ts", "watermark_delay": "%DELAY%" } },%MORE%
    { "id": "per_minute", "type": "window_aggregate", "title": "%WINDOW%", "at": [%AT%, 128],
      "params": { "window": "tumble", "size": "1min", "keys": ["channel"],
                  "aggregates": ["COUNT(*) AS bids", "MAX(price) AS best_price"] } },
    { "id": "bids_over_time", "type": "line_chart", "title": "%CHART%", "at": [%BEHIND%, 0],
      "params": { "y": ["bids"], "series": "channel", "span": "0s", "unit": "bids" } },
    { "id": "results", "type": "csv_sink", "title": "%FILE%", "at": [%BEHIND%, 168],
      "params": { "path": "bids_per_minute.csv" } } ],
  "wires": [ %WIRES%,
             { "from": "per_minute", "to": "bids_over_time" }, { "from": "per_minute", "to": "results" } ] })rill";

constexpr const char* kMore = R"rill(
    { "id": "slow", "type": "filter", "title": "%SLOW%", "at": [240, 128],
      "params": { "condition": "CHAR_LENGTH(MD5(REPEAT(channel, 2000))) = 32" } },
    { "id": "late", "type": "csv_sink", "title": "%LATE%", "at": [768, 336],
      "params": { "path": "late.csv" } },)rill";

std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>>& places) {
    for (const auto& [place, with] : places) {
        for (std::size_t at = text.find(place); at != std::string::npos;
             at = text.find(place, at + with.size()))
            text.replace(at, place.size(), with);
    }
    return text;
}

class TenSteps {
 public:
    TenSteps(DesignerFixture& designer, const Words& words, std::filesystem::path source,
             std::filesystem::path into)
        : m_designer(designer), m_words(words), m_source(std::move(source)), m_into(std::move(into)) {
        // The titles of the example are words of the help page, not of the window.
        const bool english = words("&Run") == "Run";
        m_titles = english
                       ? Titles{"Bids from a CSV file", "Bids", "Bids a minute", "Bids over time",
                                "Results file",         "Slow", "Late bids"}
                       : Titles{"来自 CSV 文件的出价", "出价", "每分钟的出价", "出价走势", "结果文件", "放慢",
                                "迟到的出价"};
    }

    void play() {
        tell("writes the files");
        writeFiles();
        tell("opens the example");
        open(kShort, kHeight);
        m_designer.input.press("F9");  // side panels: the program keeps that they are not wanted
        tell("makes the target and tests it");
        makeTarget();
        tell("chooses it and reads the signs");
        chooseFlink();
        showSigns();
        m_designer.quit();
        tell("opens the pipeline with more to do");
        open(kLong, kRunningHeight);
        chooseFlink();
        tell("deploys it");
        deploy();
        tell("watches it");
        watch();
        tell("stops it with a savepoint");
        stop();
        tell("changes a window and asks to resume");
        forecast();
        m_designer.quit();
    }

 private:
    struct Titles {
        std::string pipeline, bids, window, chart, file, slow, late;
    };

    /// Prints the step, for a user who waits.
    static void tell(const char* step) {
        std::printf("  %s\n", step);
        std::fflush(stdout);
    }

    void writeFiles() const {
        const std::vector<std::pair<std::string, std::string>> titles{
            {"%NAME%", m_titles.pipeline}, {"%BIDS%", m_titles.bids}, {"%WINDOW%", m_titles.window},
            {"%CHART%", m_titles.chart},   {"%FILE%", m_titles.file}, {"%SLOW%", m_titles.slow},
            {"%LATE%", m_titles.late}};
        const std::string straight = R"({ "from": "bids", "to": "per_minute" })";
        const std::string around =
            R"({ "from": "bids", "to": "slow" }, { "from": "slow", "to": "per_minute" },
             { "from": "per_minute.late", "to": "late" })";
        m_designer.write(kShort, filled(filled(kPipeline, {{"%MORE%", ""},
                                                           {"%PATH%", "bids.csv"},
                                                           {"%DELAY%", "5s"},
                                                           {"%WIRES%", straight},
                                                           {"%AT%", "240"},
                                                           {"%BEHIND%", "496"}}),
                                        titles));
        m_designer.write(kLong, filled(filled(kPipeline, {{"%MORE%", kMore},
                                                          {"%PATH%", "many_bids.csv"},
                                                          {"%DELAY%", "1s"},
                                                          {"%WIRES%", around},
                                                          {"%AT%", "480"},
                                                          {"%BEHIND%", "768"}}),
                                       titles));
        std::filesystem::copy_file(m_source / "resources/examples/bids.csv", m_designer.path("bids.csv"));
        writeManyBids();
    }

    /// The bids of the example, once for each hour of three months.
    void writeManyBids() const {
        std::ifstream in(m_designer.path("bids.csv"));
        std::vector<std::string> rows;
        for (std::string row; std::getline(in, row);) rows.push_back(row);
        std::ofstream out(m_designer.path("many_bids.csv"));
        out << rows.front() << '\n';
        const std::string hour = "2026-03-02 09";
        for (int copy = 0; copy < kCopies; ++copy) {
            char other[32];
            std::snprintf(other, sizeof other, "2026-%02d-%02d %02d", 1 + copy / 672, 1 + copy / 24 % 28,
                          copy % 24);
            for (std::size_t i = 1; i < rows.size(); ++i) {
                const std::size_t at = rows[i].find(hour);
                out << rows[i].substr(0, at) << other << rows[i].substr(at + hour.size()) << '\n';
            }
        }
    }

    void open(const char* file, int height) {
        m_designer.start(file, m_words("Canvas"));
        m_designer.input.resizeWindow(wholeWindow().width, height);
        takeFromMenu({{"menu item", "&View"}, {"", "&Minimap"}});
    }

    /// Menus and entries, by their English names.
    void takeFromMenu(const ElementPath& way) {
        ElementPath seen;
        for (const e2e::Step& step : way) {
            seen.push_back({step.role, m_words(step.name)});
            m_designer.input.click(m_designer.screen.await(seen));
        }
        m_designer.screen.awaitNoMenu();
    }

    void fitCanvas() { takeFromMenu({{"menu item", "&View"}, {"menu item", "&Fit all"}}); }

    void makeTarget() {
        m_designer.input.press("ctrl+comma");
        const e2e::Step dialog{"dialog", m_words("Preferences")};
        m_designer.screen.awaitFocus({dialog});
        m_designer.input.resizeWindow(kDialogWidth, kDialogHeight);
        m_designer.input.click(m_designer.screen.await({dialog, {"page tab", m_words("Targets")}}));
        m_designer.input.click(
            m_designer.screen.await({dialog, {"push button", m_words("Use a Flink on this computer")}}));
        m_designer.input.click(m_designer.reach({dialog, {"push button", m_words("Test connection")}}));
        // The answer stands below the button, perhaps out of sight.
        const std::string answers = m_words("Flink %1 answers in %2.", "2.3.0");
        const ElementPath found{dialog, {"", answers.substr(0, answers.find("%2"))}};
        m_designer.screen.awaitThere(found);
        static_cast<void>(m_designer.reach(found));
        keep("ten_steps_target", m_designer.screen.await({dialog}));
        m_designer.input.press("Escape");
        m_designer.screen.awaitGone({dialog});
    }

    /// For this file: each has an engine of its own.
    void chooseFlink() {
        m_designer.input.click(m_designer.screen.await({{"tool bar", ""}, {"combo box", ""}}));
        static_cast<void>(m_designer.screen.awaitMenu());
        m_designer.input.press("Down");
        m_designer.input.press("Return");
        m_designer.screen.await({{"tool bar", ""}, {"push button", m_words("&Deploy")}});
    }

    void showSigns() {
        showPanel("alt+5", "P&ortability");
        fitCanvas();
        keep("ten_steps_signs", belowTheBar());
    }

    void deploy() {
        m_designer.input.press("ctrl+r");
        // The program did not save this file, so it asks; a user who follows the page has saved it.
        const e2e::Step question{"dialog", m_words("Before the deployment")};
        m_designer.input.click(m_designer.screen.await(
            {question, {"push button", m_words.in("rw::ui::ConsentDialog", "Deploy")}}));
        m_designer.screen.awaitGone({question});
        const std::string name = m_words("Flink on this computer");
        awaitFlink({{"tool bar", ""}, {"", m_words("Running on %1", name)}});
    }

    void watch() {
        showPanel("alt+6", "&Jobs");
        fitCanvas();
        std::this_thread::sleep_for(kFiguresCome);  // rates are of some seconds, checkpoints of ten
        keep("ten_steps_running", wholeWindow());
    }

    void stop() {
        m_designer.input.press("ctrl+shift+r");
        static_cast<void>(m_designer.screen.awaitMenu());
        m_designer.input.press("Return");  // the choice that loses nothing stands first
        awaitFlink({{"tool bar", ""}, {"", m_words("Stopped with a savepoint")}});
    }

    void forecast() {
        m_designer.input.press("F9");  // the form is among the side panels
        Element card = m_designer.screen.await({{"list", m_words("Canvas")}, {"list item", m_titles.window}});
        card.height = kHead;
        m_designer.input.click(card);
        e2e::fill(m_designer, e2e::field(m_words.in("window", "Size"), "text"), "2min");
        const e2e::Step menu{"menu item", m_words("&Run")};
        const e2e::Step resume{"menu item", m_words("Resu&me from a savepoint")};
        for (const ElementPath& way : {ElementPath{menu}, {menu, resume}, {menu, resume, {"menu item", "1"}}})
            m_designer.input.click(m_designer.screen.await(way));
        const ElementPath question{{"", m_words("The pipeline is another now")}};
        keep("ten_steps_forecast", m_designer.screen.await(question));
        m_designer.input.press("Escape");
        m_designer.screen.awaitGone(question);
        m_designer.input.press("ctrl+z");
        m_designer.screen.awaitFocus({{"frame", ""}});
    }

    /// A cluster takes its time; a question to the person would wait for ever.
    void awaitFlink(const ElementPath& way) const {
        const auto end = std::chrono::steady_clock::now() + kFlinkPatience;
        while (!m_designer.screen.find(way)) {
            for (const char* role : {"dialog", "alert"})
                if (const std::optional<Element> question = m_designer.screen.find({{role, ""}}))
                    throw e2e::Failed("“" + question->name + "” asks something while we wait for " +
                                      e2e::describe(way));
            if (std::chrono::steady_clock::now() > end) {
                std::string said;
                for (const Element& word : m_designer.screen.all({{"tool bar", ""}, {"", ""}}))
                    said += word.name.empty() ? "" : " “" + word.name + "”";
                throw e2e::Failed("Flink did not come to " + e2e::describe(way) + "; the tool bar says" +
                                  said);
            }
            std::this_thread::sleep_for(std::chrono::seconds(1));
        }
        m_designer.screen.await(way);
    }

    void showPanel(const char* keys, const char* title) {
        m_designer.input.press(keys);
        m_designer.screen.awaitChosen({{"page tab", m_words(title)}});
    }

    Element wholeWindow() const { return m_designer.screen.await({{"frame", ""}}); }

    /// The window without menus and tool bar.
    Element belowTheBar() const {
        Element window = wholeWindow();
        const Element canvas = m_designer.screen.await({{"list", m_words("Canvas")}});
        window.height -= canvas.y - window.y;
        window.y = canvas.y;
        return window;
    }

    void keep(const std::string& name, const Element& part) const {
        m_designer.screen.keepScreen(m_into / (name + ".ppm"));
        std::ofstream(m_into / (name + ".crop"))
            << part.width << 'x' << part.height << '+' << part.x << '+' << part.y << '\n';
    }

    DesignerFixture& m_designer;
    const Words& m_words;
    const std::filesystem::path m_source, m_into;
    Titles m_titles{};
};

}  // namespace

void playTenSteps(DesignerFixture& designer, const Words& words, const std::filesystem::path& source,
                  const std::filesystem::path& into) {
    TenSteps(designer, words, source, into).play();
}

}  // namespace rw::pictures
