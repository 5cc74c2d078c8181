// The Why panel over a small pipeline, with the panels whose rows it is asked about.
#pragma once
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/lineage/why_form.h"
#include "widgets/lineage/why_panel.h"
#include "widgets/panels/data_panel.h"
#include "widgets/sample/sample_panel.h"
#include "widgets/theme/empty_state.h"

namespace rw::ui {

inline constexpr int kLong = 60'000;
using Kind = AnswerStep::Kind;

inline const char* const kRows = R"json({"columns": ["ts TIMESTAMP(3)", "shop STRING", "v INT"],
    "rows": [["2024-01-01 00:00:01", "graz", 10], ["2024-01-01 00:00:02", "graz", -5],
             ["2024-01-01 00:00:03", "wien", 7], ["2024-01-01 00:00:13", "graz", 30],
             ["2024-01-01 00:00:04", "graz", 4]], "event_time": "ts"})json";

struct WhyFixture : SessionFixture {
    DataPanel data{parts};
    SamplePanel sample{parts};
    WhyPanel panel{parts};
    NodeId orders, good, sums;

    WhyFixture() {
        orders = document.addNode(nodeOf("rows", QStringLiteral("Orders"), Json::parse(kRows)), {0, 0});
        good = document.addNodeBehind(nodeOf("filter", QStringLiteral("Good"), Json{{"condition", "v > 0"}}),
                                      {300, 0}, {orders, "out"});
        sums = document.addNodeBehind(nodeOf("window_aggregate", QStringLiteral("Sums"),
                                             Json{{"window", "tumble"},
                                                  {"size", "10s"},
                                                  {"keys", {"shop"}},
                                                  {"aggregates", {"SUM(v) AS total"}}}),
                                      {600, 0}, {good, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {900, 0},
                               {sums, "out"});
        panel.serve(data);
        panel.serve(sample);
        panel.resize(1200, 400);
        panel.show();
        QCoreApplication::processEvents();
    }
    /// The rows of a node's first output, as the run showed them.
    Batch ran(const NodeId& node) {
        document.selection().set({node});
        data.show();
        if (session.startedAt().isNull() && !(validated() && runToTheEnd())) qFatal("it does not run");
        data.hide();
        data.show();
        (void)QTest::qWaitFor([this] { return data.model().rowCount() > 0; }, kLong);
        return data.model().batches().front();
    }
    /// Waits for the answer; false: none comes.
    bool answered() {
        const bool came = QTest::qWaitFor([this] { return !panel.isWaiting(); }, kLong);
        QCoreApplication::processEvents();  // then it is shown
        return came;
    }
    void askForm(const NodeId& node, const char* condition, bool missing) {
        auto& form = *panel.findChild<WhyForm*>();
        form.choose({node, "out"});
        form.setCondition(QString::fromUtf8(condition));
        Q_EMIT form.asked(missing);
    }
    /// The first step of that kind.
    int find(Kind kind) const {
        const auto& steps = panel.steps().steps();
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].kind == kind) return static_cast<int>(i);
        }
        return -1;
    }
    QListView& steps() const {
        for (auto* each : panel.findChildren<QListView*>()) {
            if (each->accessibleName() == QLatin1String("Steps of the answer")) return *each;
        }
        qFatal("no such list");
    }
    /// Chooses the step, and gives its title and words.
    QString choose(int step) {
        QListView& list = steps();
        list.setCurrentIndex(list.model()->index(step, 0));
        return list.currentIndex().data(Qt::AccessibleTextRole).toString();
    }
    QString cell(int row, int column) const { return panel.rows().index(row, column).data().toString(); }
    QString line(int row) const {
        QStringList cells;
        for (int column = 0; column < panel.rows().columnCount(); ++column) cells << cell(row, column);
        return cells.join(QStringLiteral(" | "));
    }
    /// What is said in place of an answer.
    QString words() const {
        const auto* empty = panel.findChild<EmptyState*>();
        return empty->isVisible() ? empty->accessibleName() + u' ' + empty->accessibleDescription()
                                  : QString();
    }
    QString labels() const {
        QStringList all;
        for (const auto* label : panel.findChildren<QLabel*>()) {
            if (label->isVisible()) all << label->text();
        }
        return all.join(u'\n');
    }
    QPushButton& button(const char* words) const {
        for (auto* each : panel.findChildren<QPushButton*>()) {
            if (each->text() == QLatin1String(words)) return *each;
        }
        qFatal("no such button");
    }
};

}  // namespace rw::ui
