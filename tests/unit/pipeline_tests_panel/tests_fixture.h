// A pipeline in a folder of its own, and the panel of its tests.
#pragma once
#include <QtWidgets/QtWidgets>

#include "core/pipeline/json/json.h"
#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/pipeline_tests/tests_panel.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"

namespace rw::ui {

inline QPushButton& buttonIn(const QWidget& panel, const char* words) {
    for (auto* each : panel.findChildren<QPushButton*>()) {
        if (each->text() == QString::fromUtf8(words)) return *each;
    }
    qFatal("no such button");
}

/// Orders → those above 10 → sums per shop and ten seconds.
struct TestsFixture : SessionFixture {
    QTemporaryDir folder;
    QStringList told;
    /// Whether tests run after each change is kept, but not from one test to the next.
    const bool forgotten = [] {
        QSettings().clear();
        return true;
    }();
    int saves = 0;
    std::unique_ptr<TestsPanel> panel =
        std::make_unique<TestsPanel>(parts, TestsWindow{[this](const QString& words) { told << words; },
                                                        [this] {
                                                            ++saves;
                                                            return true;
                                                        },
                                                        [this] { return session.lastTape(); }});
    NodeId orders, large, sums;

    TestsFixture() {
        orders = document.addNode(
            nodeOf("rows", QStringLiteral("Orders"),
                   Json::parse(R"json({"columns": ["ts TIMESTAMP(3)", "shop STRING", "amount DOUBLE"],
            "rows": [["2024-01-01 00:00:01", "graz", "10"], ["2024-01-01 00:00:02", "wien", "20"],
                     ["2024-01-01 00:00:13", "graz", "30"]], "event_time": "ts"})json")),
            {0, 0});
        large = document.addNodeBehind(
            nodeOf("filter", QStringLiteral("Large"), Json{{"condition", "amount > 15"}}), {300, 0},
            {orders, "out"});
        sums = document.addNodeBehind(nodeOf("window_aggregate", QStringLiteral("Sums"),
                                             Json{{"window", "tumble"},
                                                  {"size", "10s"},
                                                  {"keys", {"shop"}},
                                                  {"aggregates", {"SUM(amount) AS total"}}}),
                                      {600, 0}, {large, "out"});
        panel->resize(1100, 420);
    }
    QString pipelineFile() const { return folder.filePath(QStringLiteral("orders.rill")); }
    QString testsFile() const { return folder.filePath(QStringLiteral("orders.rilltest")); }
    bool save() { return document.saveAs(pipelineFile()).ok(); }

    void writeTests(const QByteArray& text) const {
        QFile file(testsFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    QByteArray testsText() const {
        QFile file(testsFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QByteArray fileOf(const QByteArray& tests) {
        return R"({"rilltest": 1, "pipeline": "orders.rill", "tests": [)" + tests + "]}";
    }
    /// Two rows go in; of those above 15 this one is expected.
    QByteArray testOf(const char* name, const char* expected) const {
        return QByteArray(R"({"name": ")") + name + R"(", "steps": [{"rows": ")" + orders.c_str() +
               R"(", "values": [["2024-01-01 00:00:01", "graz", 10], ["2024-01-01 00:00:02", "wien", 20]]},)"
               R"({"expect": ")" +
               large.c_str() + R"(", "rows": [)" + expected + "]}]}";
    }
    static constexpr const char* kRight = R"(["2024-01-01 00:00:02", "wien", 20])";
    static constexpr const char* kWrong = R"(["2024-01-01 00:00:02", "wien", 21])";

    /// Shown, with the tests read and run.
    bool show() {
        panel->show();
        return settled();
    }
    bool settled() {
        return QTest::qWaitFor(
            [this] { return !panel->store().isBusy() && !panel->runner().isRunning() && !isDue(); }, 30'000);
    }
    /// Some test will be run in a moment.
    bool isDue() {
        if (!panel->store().isRead() || !panel->findChild<QCheckBox*>()->isChecked()) return false;
        for (const PipelineTest& test : panel->store().tests().tests) {
            if (panel->runner().isOlder(test)) return true;
        }
        return false;
    }
    TestState stateOf(const char* name) const { return panel->list().stateOf(name); }
    QString caption(int row) const {
        return panel->list().index(row).data(TestListModel::kCaptionRole).toString();
    }
    /// What is said in place of all tests.
    QString words() const {
        for (auto* each : panel->findChildren<EmptyState*>()) {
            if (each->isVisible()) return each->accessibleName() + u' ' + each->accessibleDescription();
        }
        return {};
    }
    bool says(const char* text) const { return words().contains(QLatin1String(text)); }
    void press(const char* button) const { buttonIn(*panel, button).click(); }
    /// The bar that tells of trouble with the file; null: there is none.
    HintBox* trouble() const {
        for (auto* each : panel->findChildren<HintBox*>()) {
            if (each->isVisible() && each->kind() != HintBox::Kind::Info) return each;
        }
        return nullptr;
    }
    /// The heads of the notes beside what came.
    QStringList notes() const {
        QStringList heads;
        for (auto* each : panel->findChildren<HintBox*>()) {
            if (!each->isVisible() || each->kind() != HintBox::Kind::Info) continue;
            for (const auto* label : each->findChildren<QLabel*>()) {
                if (label->isVisible() && !label->text().isEmpty()) heads << label->text();
            }
        }
        return heads;
    }
    QTableView& table(const char* name) const { return tableIn(*panel, name); }
    /// The line of the table of steps whose first cell that is not empty is this, or that says this.
    int lineOf(const QString& text) const {
        const StepsModel& steps = panel->steps();
        for (int row = 0; row < steps.rowCount(); ++row) {
            for (int column = 0; column < steps.columnCount(); ++column) {
                const QModelIndex index = steps.index(row, column);
                if (index.data().toString() == text ||
                    index.data(Qt::AccessibleTextRole).toString().contains(text))
                    return row;
            }
        }
        return -1;
    }
};

}  // namespace rw::ui
