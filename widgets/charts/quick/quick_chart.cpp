#include "widgets/charts/quick/quick_chart.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "core/data/text.h"
#include "core/query/query_rows.h"
#include "core/views/bar_view.h"
#include "core/views/line_view.h"
#include "widgets/charts/bar_chart.h"
#include "widgets/charts/line_chart.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::size_t kBars = 8;  // in the room of a small window

std::optional<Instant> timeOf(const QueryValue& value) {
    const auto* words = std::get_if<std::string>(&value);
    return words != nullptr ? parseTimestamp(*words) : std::nullopt;
}

std::optional<double> numberOf(const QueryValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    const auto* words = std::get_if<std::string>(&value);
    return words != nullptr ? parseDouble(*words) : std::nullopt;
}

/// Two columns, x and y, as charts take them.
Batch rowsFor(const QueryResult& result, std::size_t across, std::size_t number, bool times) {
    ColumnBuilder x(Type::of(times ? TypeId::Timestamp : TypeId::String)), y(Type::of(TypeId::Double));
    for (const auto& row : result.rows) {
        if (times) {
            const auto time = timeOf(row[across]);
            time ? x.append(*time) : x.appendNull();
        } else if (std::holds_alternative<std::monostate>(row[across])) {
            x.appendNull();
        } else {
            x.appendString(exactText(row[across]));
        }
        const auto value = numberOf(row[number]);
        value ? y.append(*value) : y.appendNull();
    }
    Batch batch;
    batch.schema = std::make_shared<Schema>(
        Schema{{{result.columns[across].name, x.type()}, {result.columns[number].name, y.type()}}});
    batch.rows = result.rows.size();
    batch.columns = {x.finish(), y.finish()};
    return batch;
}

}  // namespace

bool holdsNumbers(const SqliteColumn& column) {
    if (column.values != TypeId::Null) return column.values == TypeId::Decimal;
    const std::string_view affinity = sqliteAffinity(column.type);
    return affinity == "INTEGER" || affinity == "REAL" || affinity == "NUMERIC";
}

bool holdsTimes(const QueryResult& result, std::size_t column) {
    for (const auto& row : result.rows)
        if (!std::holds_alternative<std::monostate>(row[column])) return timeOf(row[column]).has_value();
    return false;
}

ChartChoice chartColumns(const QueryResult& result) {
    ChartChoice choice;
    if (result.rows.empty()) return choice;
    for (std::size_t i = 0; i < result.columns.size(); ++i) {
        if (holdsNumbers(result.columns[i])) {
            choice.numbers.push_back(i);
        } else if (sqliteAffinity(result.columns[i].type) == "TEXT") {
            choice.across.push_back(i);
        }
    }
    // As after GROUP BY core: the first number names the others.
    if (choice.across.empty() && choice.numbers.size() > 1) {
        choice.across = {choice.numbers.front()};
        choice.numbers.erase(choice.numbers.begin());
    }
    return choice;
}

std::shared_ptr<LiveView> chartOf(const QueryResult& result, std::size_t across, std::size_t number) {
    const bool times = holdsTimes(result, across);
    const Batch rows = rowsFor(result, across, number, times);
    const auto column = [&rows](int index) {
        const Field& field = rows.schema->fields[static_cast<std::size_t>(index)];
        return ChartColumn{index, field.name, field.type};
    };
    if (times) {
        LineInfo info;
        info.x = column(0);
        info.y = {column(1)};
        info.span = 0;
        auto view = std::make_shared<LineView>(info);
        view->add(rows);
        view->setWatermark(kMaxTimestamp);
        return view;
    }
    BarInfo info;
    info.category = column(0);
    info.value = column(1);
    info.top = kBars;
    auto view = std::make_shared<BarView>(info);
    view->add(rows);
    view->setWatermark(kMaxTimestamp);
    return view;
}

QuickChart::QuickChart(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_acrossLabel(new QLabel(this)),
      m_numberLabel(new QLabel(this)),
      m_across(new QComboBox(this)),
      m_number(new QComboBox(this)),
      m_line(new LineChart(this)),
      m_bars(new BarChart(this)),
      m_blank(new QWidget(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "left");
    m_title->setProperty("role", "section");
    auto* head = new QGridLayout;
    head->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    head->setHorizontalSpacing(metrics::kGrid);
    head->setVerticalSpacing(metrics::kStep);
    head->setColumnStretch(1, 1);
    head->addWidget(m_title, 0, 0, 1, 2);
    const auto line = [&](int row, QLabel* label, QComboBox* box) {
        label->setProperty("role", "caption");
        label->setBuddy(box);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(6);
        head->addWidget(label, row, 0);
        head->addWidget(box, row, 1);
        connect(box, &QComboBox::activated, this, &QuickChart::draw);
    };
    line(1, m_acrossLabel, m_across);
    line(2, m_numberLabel, m_number);
    auto* pictures = new QWidget(this);
    m_pages = new QStackedLayout(pictures);
    m_pages->addWidget(m_line);
    m_pages->addWidget(m_bars);
    m_pages->addWidget(m_blank);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(pictures, 1);
    setMinimumWidth(Theme::of(this).scaled(kWidth));
    connect(&Theme::of(this), &Theme::changed, this,
            [this] { setMinimumWidth(Theme::of(this).scaled(kWidth)); });
    retranslate();
}

void QuickChart::fill(QComboBox& box, const std::vector<std::size_t>& columns) {
    const QString before = box.currentText();
    box.clear();
    for (const std::size_t column : columns)
        box.addItem(shownText(QString::fromStdString(m_answer->result.columns[column].name)),
                    QVariant::fromValue(static_cast<qulonglong>(column)));
    box.setCurrentIndex(std::max(0, box.findText(before)));
}

void QuickChart::set(Answer answer) {
    m_answer = std::move(answer);
    m_drawing.drop();
    m_choice = m_answer && m_answer->status.ok() ? chartColumns(m_answer->result) : ChartChoice();
    setVisible(hasChart());
    if (!hasChart()) return;
    fill(*m_across, m_choice.across);
    fill(*m_number, m_choice.numbers);
    draw();
}

void QuickChart::draw() {
    const auto across = static_cast<std::size_t>(m_across->currentData().toULongLong());
    const auto number = static_cast<std::size_t>(m_number->currentData().toULongLong());
    m_pages->setCurrentWidget(m_blank);  // the picture of before is of other rows
    m_drawing.ask([answer = m_answer, across, number] { return chartOf(answer->result, across, number); },
                  [this](const std::shared_ptr<LiveView>& view) {
                      ChartWidget* chart = m_bars;
                      if (std::dynamic_pointer_cast<LineView>(view)) chart = m_line;
                      chart->setView(view);
                      m_pages->setCurrentWidget(chart);
                      chart->refresh();
                  });
}

void QuickChart::retranslate() {
    m_title->setText(tr("Quick chart"));
    m_acrossLabel->setText(tr("Across"));
    m_numberLabel->setText(tr("Number"));
    m_across->setAccessibleName(tr("Across"));
    m_number->setAccessibleName(tr("Number"));
}

}  // namespace rw::ui
