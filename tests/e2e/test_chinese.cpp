// The program as one starts it whose system speaks Chinese: menus, forms, a mistake, charts, Results,
// dialogs. Nothing that shows is in English but names, keywords of SQL, keys, and the data themselves.
#include <cstdlib>
#include <set>

#include "tests/e2e/designer_fixture.h"
#include "tests/e2e/patience.h"

using namespace rw::e2e;

namespace {

constexpr const char* kFile = "orders.rill";

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "订单",
  "nodes": [
    { "id": "rows", "type": "csv_source", "title": "文件里的行", "at": [0, 96],
      "params": { "path": "in.csv", "columns": ["k STRING", "v BIGINT", "ts TIMESTAMP(3)"],
                  "event_time": "ts", "rate": 200 } },
    { "id": "busy", "type": "filter", "title": "大数", "at": [240, 96],
      "params": { "condition": "v > 10" } },
    { "id": "sums", "type": "window_aggregate", "title": "每两秒之和", "at": [480, 96],
      "params": { "size": "2s", "keys": ["k"], "aggregates": ["SUM(v) AS total"] } },
    { "id": "line", "type": "line_chart", "title": "走势", "at": [768, 0],
      "params": { "y": ["total"], "series": "k" } },
    { "id": "base", "type": "sqlite_sink", "title": "存下的行", "at": [768, 240],
      "params": { "database": "out.sqlite", "table": "sums" } } ],
  "wires": [ { "from": "rows", "to": "busy" }, { "from": "busy", "to": "sums" },
             { "from": "sums", "to": "line" }, { "from": "sums", "to": "base" } ] })json";

/// Words that a Chinese reader reads in these letters, too.
const std::set<std::string> kKnown{
    "Rillwright", "English", "CSV", "SQL", "SQLite", "PNG", "SVG", "JSON", "UTC", "UTF", "CPU", "KiB", "MiB",
    "GiB", "MB", "GB", "ms", "Hz", "bytes", "data", "price", "local", "state", "rillwright", "log", "late_by",
    "late_for", "load", "core", "mean", "ok", "best", "Apache", "Flink", "Spark", "Kafka", "PyFlink",
    "PySpark", "Python", "MQTT", "TCP", "UDP", "HTTP", "WebSocket", "Webhook", "PostgreSQL", "MariaDB",
    "journald", "HDFS", "HBase", "Flume", "Superset", "SMTP",
    // keys
    "Ctrl", "Shift", "Alt", "Enter", "Return", "Space", "Tab", "Esc", "Del", "Menu", "Home", "End", "PgUp",
    "PgDown", "F1", "F2", "F6", "F7", "F8", "F9", "F10", "F11",
    // SQL
    "BYTES", "NULL", "AS", "and", "AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "IS", "COUNT", "SUM", "AVG",
    "MIN", "MAX", "FILTER", "WHERE", "STRING", "BIGINT", "INT", "DOUBLE", "DECIMAL", "TIMESTAMP", "BOOLEAN",
    "DATE", "BLOB", "TEXT", "INTEGER", "TRUE", "FALSE",
    // the data, and the names in their file
    "orders", "rill", "in", "csv", "gz", "zst", "out", "sqlite", "sums", "line", "ts", "total", "vv",
    "max_load", "window_start", "window_end", "window_time", "now", "node", "error", "row", "position"};

class Reader {
 public:
    explicit Reader(DesignerFixture& designer) : m_designer(designer) {}

    /// Reads all that shows.
    void read(const std::string& place) {
        for (const std::string& words : m_designer.screen.words()) {
            const std::string english = englishIn(words);
            if (!english.empty()) m_found.insert(place + ": “" + words + "”, " + english);
        }
    }
    void checkNothingFound() const {
        std::string all;
        for (const std::string& found : m_found) all += "\n" + found;
        check(all.empty(), "English is left:" + all);
    }

 private:
    /// Whether quotes stand around this one word. Help quotes values as the file of a pipeline has them.
    static bool isQuoted(std::string_view words, std::size_t begin, std::size_t end) {
        return words.substr(0, begin).ends_with("“") && words.substr(end).starts_with("”");
    }
    /// The first word of Latin letters that is neither known nor quoted.
    std::string englishIn(std::string words) const {
        const std::string folder = m_designer.path("").string();
        for (auto at = words.find(folder); at != std::string::npos; at = words.find(folder))
            words.erase(at, folder.size());
        const auto latin = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
        const auto part = [&](char c) { return latin(c) || c == '_' || (c >= '0' && c <= '9'); };
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!latin(words[i])) continue;
            std::size_t end = i;
            while (end < words.size() && part(words[end])) ++end;
            const std::string word = words.substr(i, end - i);
            if (word.size() > 1 && !kKnown.contains(word) && !isQuoted(words, i, end)) return word;
            i = end;
        }
        return {};
    }

    DesignerFixture& m_designer;
    std::set<std::string> m_found;
};

ElementPath card(const std::string& title) {
    return {{"list", "画布"}, {"list item", title}};
}

void select(DesignerFixture& designer, const std::string& title) {
    constexpr int kInHead = 20;
    const Element place = designer.screen.await(card(title));
    designer.input.click(place.middleX(), place.y + kInHead);
    designer.screen.awaitFocus(card(title));
}

void readMenus(DesignerFixture& designer, Reader& reader) {
    const std::vector<Element> menus = designer.screen.all({{"menu bar", ""}, {"menu item", ""}});
    check(menus.size() == 7, "There are " + std::to_string(menus.size()) + " menus");
    for (const Element& menu : menus) {
        designer.input.click(menu);
        designer.screen.awaitMenu();
        reader.read("menu " + menu.name);
        designer.input.press("Escape");
        designer.screen.awaitNoMenu();
    }
}

/// The pages of the form of each node.
void readForms(DesignerFixture& designer, Reader& reader) {
    for (const char* title : {"文件里的行", "大数", "每两秒之和", "走势", "存下的行"}) {
        select(designer, title);
        for (const char* page : {"结构", "指标", "设置"}) {
            designer.input.click(designer.screen.await({{"page tab", page}}));
            designer.screen.awaitChosen({{"page tab", page}});
            reader.read(std::string(title) + ", " + page);
        }
    }
}

void readAMistake(DesignerFixture& designer, Reader& reader) {
    const ElementPath condition{{"filler", "条件"}, {"text", ""}};
    select(designer, "大数");
    for (const char* text : {"vv > 10", "v > 10"}) {
        designer.input.click(designer.reach(condition));
        designer.screen.awaitFocus(condition);
        designer.input.press("ctrl+a");
        designer.input.type(text);
        designer.input.press("Tab");
        if (text[1] == 'v') {
            designer.screen.await({{"table", "问题"}, {"table cell", "大数"}});
            reader.read("a mistake");
        }
    }
    designer.screen.await({{"", "没有问题"}});
}

/// A window that opens with these keys, and is closed by Escape.
void readWindow(DesignerFixture& designer, Reader& reader, const std::string& keys, const ElementPath& way) {
    designer.input.press(keys);
    designer.screen.await(way);
    reader.read(keys);
    designer.input.press("Escape");
    designer.screen.awaitGone(way);
    designer.screen.awaitFocus({{"frame", ""}});
}

void readARun(DesignerFixture& designer, Reader& reader) {
    designer.input.press("ctrl+r");
    const ElementPath question{{"dialog", "运行之前"}};
    designer.screen.await(question);
    reader.read("the question before a run");
    designer.input.click(designer.screen.await({question.front(), {"push button", "运行"}}));
    designer.screen.await({{"tool bar", ""}, {"", "运行中"}});
    until([&] { return designer.query("out.sqlite", "SELECT 1 FROM _rill_new_sums").size() >= 4; },
          [] { return "No windows come into the table"; });
    reader.read("a run");
    for (const char* panel : {"alt+2", "alt+3", "alt+4", "alt+5", "alt+8", "alt+1"}) {
        designer.input.press(panel);
        reader.read(std::string("panel ") + panel);
    }
    select(designer, "走势");
    readWindow(designer, reader, "Return", {{"dialog", "走势"}});
    designer.input.press("ctrl+2");
    designer.screen.await({{"label", "走势"}});
    reader.read("the dashboard");
    designer.input.press("ctrl+3");
    designer.screen.await({{"list", "表和视图"}, {"list item", "sums"}});
    reader.read("Results while it runs");
    designer.input.press("ctrl+shift+r");
    designer.screen.await({{"tool bar", ""}, {"", "已停止"}});
    designer.screen.await({{"table", "行"}, {"table cell", "a"}});
    reader.read("Results");
    designer.input.press("ctrl+1");
    designer.screen.await({{"list", "画布"}});
}

}  // namespace

int main() {
    setenv("LC_ALL", "zh_CN.UTF-8", 1);
    return play("chinese", [](DesignerFixture& designer) {
        designer.write(kFile, kPipeline);
        designer.start(kFile, "画布");
        Reader reader(designer);
        reader.read("the canvas");
        readMenus(designer, reader);
        readForms(designer, reader);
        readAMistake(designer, reader);
        readARun(designer, reader);
        readWindow(designer, reader, "ctrl+comma", {{"dialog", "首选项"}});
        readWindow(designer, reader, "ctrl+slash", {{"dialog", "键盘快捷键"}});
        readWindow(designer, reader, "ctrl+k", {{"list", "找到的内容"}});
        reader.checkNothingFound();
        designer.quit();
    });
}
