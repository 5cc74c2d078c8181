#include "widgets/pipeline_tests/step_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/figures.h"
#include "core/data/text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/pipeline_tests/step_columns.h"
#include "widgets/pipeline_tests/step_words.h"
#include "widgets/theme/form_row.h"
#include "widgets/theme/metrics.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

using Verb = PipelineTestStep::Verb;

constexpr int kDialogWidth = 420, kMostCounted = 1'000'000;

bool takesRows(Verb verb) {
    return verb == Verb::Rows || verb == Verb::Expect || verb == Verb::ExpectLate ||
           verb == Verb::ExpectRejected || verb == Verb::ExpectTable;
}

bool expectsRows(Verb verb) {
    return takesRows(verb) && verb != Verb::Rows;
}

/// Whether a step of that kind can name the node, and by which ports.
std::vector<std::string> placesOf(Verb verb, const Node& node, const NodeKind& kind) {
    const bool source = kind.group == NodeGroup::Source;
    std::vector<std::string> ports;
    const auto portsOf = [&](PortRole role) {
        for (const PortSpec& port : kind.outputs) {
            if (port.role == role) ports.push_back(port.name);
        }
    };
    switch (verb) {
        case Verb::Rows:
        case Verb::Idle:
        case Verb::Fail:
        case Verb::End:
            return source ? std::vector<std::string>{node.id} : std::vector<std::string>{};
        case Verb::ExpectWatermark:
        case Verb::ExpectFailed:
            return {node.id};
        case Verb::ExpectWindow: {
            const ParamSpec* const window = kind.param("window");
            const bool makesWindows = window != nullptr && window->kind == ParamKind::Choice;
            return makesWindows ? std::vector<std::string>{node.id} : std::vector<std::string>{};
        }
        case Verb::ExpectLate:
        case Verb::ExpectRejected:
            portsOf(verb == Verb::ExpectLate ? PortRole::Late : PortRole::Rejected);
            return ports.empty() ? ports : std::vector<std::string>{node.id};
        case Verb::Expect:
        case Verb::ExpectTable:
        case Verb::Advance:
            break;
    }
    if (verb == Verb::Advance) return {};
    if (kind.group == NodeGroup::Sink) return {node.id};
    portsOf(PortRole::Rows);
    std::vector<std::string> places;
    for (const std::string& port : ports) places.push_back(writeOutput({node.id, port}));
    return places;
}

/// It looks rows up in a table, whose columns it declares.
bool readsTable(const NodeKind& kind) {
    return !kind.inputs.empty() && kind.group != NodeGroup::Sink &&
           std::any_of(kind.params.begin(), kind.params.end(),
                       [](const ParamSpec& param) { return param.kind == ParamKind::ColumnDefs; });
}

std::vector<std::string> namesIn(const QString& text) {
    std::vector<std::string> names;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts)) {
        if (!part.trimmed().isEmpty()) names.push_back(part.trimmed().toStdString());
    }
    return names;
}

/// Rows of the columns `before` as rows of the columns `after`, by their names.
Json rowsInOrder(const Json& rows, const std::vector<StepColumn>& before,
                 const std::vector<StepColumn>& after, const Json& filler) {
    Json out = Json::array();
    for (const Json& row : rows) {
        Json cells = Json::array();
        for (const StepColumn& column : after) {
            const auto found = std::find_if(before.begin(), before.end(),
                                            [&](const StepColumn& each) { return each.name == column.name; });
            const auto at = static_cast<std::size_t>(found - before.begin());
            cells.push_back(found != before.end() && at < row.size() ? row[at] : filler);
        }
        out.push_back(std::move(cells));
    }
    return out;
}

}  // namespace

StepDialog::StepDialog(const PipelineDocument& document, PipelineTestStep step, bool isNew, QWidget* parent)
    : QDialog(parent),
      m_document(document),
      m_before(std::move(step)),
      m_verb(new QComboBox),
      m_place(new QComboBox),
      m_window(new QComboBox),
      m_value(new QLineEdit),
      m_columns(new QLineEdit),
      m_within(new QLineEdit),
      m_onlyCount(new QCheckBox),
      m_ordered(new QCheckBox),
      m_count(new QSpinBox),
      m_verbRow(new FormRow(m_verb)),
      m_placeRow(new FormRow(m_place)),
      m_valueRow(new FormRow(m_value)),
      m_windowRow(new FormRow(m_window)),
      m_columnsRow(new FormRow(m_columns)),
      m_withinRow(new FormRow(m_within)),
      m_ok(new QPushButton) {
    build(isNew);
    fill();
    connect(m_verb, &QComboBox::currentIndexChanged, this, [this] {
        fillPlaces();
        showFields();
    });
    connect(m_place, &QComboBox::currentIndexChanged, this, &StepDialog::check);
    for (QLineEdit* field : {m_value, m_columns, m_within})
        connect(field, &QLineEdit::textChanged, this, &StepDialog::check);
    connect(m_onlyCount, &QCheckBox::toggled, this, &StepDialog::showFields);
    showFields();
}

void StepDialog::build(bool isNew) {
    setWindowTitle(isNew ? tr("Add a step") : tr("Step of a test"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    m_count->setRange(0, kMostCounted);
    m_columns->setProperty("mono", true);
    m_value->setProperty("mono", true);
    m_onlyCount->setText(tr("Only how many rows"));
    m_ordered->setText(tr("In this order"));
    m_verbRow->setWords(tr("What"));
    m_placeRow->setWords(tr("Where"));
    m_windowRow->setWords(tr("Window"));
    using Window = PipelineTestStep::Window;
    m_window->addItem(tr("is open"), static_cast<int>(Window::Open));
    m_window->addItem(tr("has fired"), static_cast<int>(Window::Fired));
    m_window->addItem(tr("has no rows yet"), static_cast<int>(Window::NotThere));
    m_columnsRow->setWords(tr("Columns"), tr("Names with commas between them; empty: all."));
    m_withinRow->setWords(tr("Numbers may differ by"));
    auto* counted = new QHBoxLayout;
    counted->addWidget(m_onlyCount);
    counted->addWidget(m_count);
    counted->addStretch();
    for (FormRow* row : {m_verbRow, m_placeRow, m_valueRow, m_windowRow, m_columnsRow})
        column->addWidget(row);
    column->addLayout(counted);
    column->addWidget(m_ordered);
    column->addWidget(m_withinRow);
    column->addStretch();
    m_count->setAccessibleName(tr("Rows"));
    m_ok->setText(isNew ? tr("Add") : tr("Change"));
    m_ok->setProperty("role", "primary");
    m_ok->setDefault(true);
    auto* cancel = new QPushButton(tr("Cancel"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, &QDialog::accept);
    setMinimumWidth(Theme::of(this).scaled(kDialogWidth));
}

Verb StepDialog::verb() const {
    return static_cast<Verb>(m_verb->currentData().toInt());
}

void StepDialog::fill() {
    for (int i = 0; i <= static_cast<int>(Verb::ExpectFailed); ++i)
        m_verb->addItem(verbWords(static_cast<Verb>(i)), i);
    m_verb->setCurrentIndex(static_cast<int>(m_before.verb));
    fillPlaces();
    if (m_before.verb == Verb::Advance && m_before.millis > 0)
        m_value->setText(QString::fromStdString(formatDuration(m_before.millis)));
    if (m_before.verb == Verb::ExpectWatermark && m_before.watermark) {
        std::string text = "end";
        if (*m_before.watermark != kMaxTimestamp) {
            text.clear();
            appendTimestamp(text, *m_before.watermark);
        }
        m_value->setText(QString::fromStdString(text));
    }
    if (m_before.verb == Verb::ExpectWindow) {
        std::string text;
        appendTimestamp(text, m_before.windowEnd);
        m_value->setText(QString::fromStdString(text));
        m_window->setCurrentIndex(m_window->findData(static_cast<int>(m_before.window)));
    }
    if (m_before.verb == Verb::Rows) m_value->setText(QString::fromStdString(m_before.partition));
    QStringList names;
    if (m_before.columns) {
        for (const std::string& name : *m_before.columns) names << QString::fromStdString(name);
    }
    m_columns->setText(names.join(QStringLiteral(", ")));
    m_onlyCount->setChecked(m_before.count.has_value());
    m_count->setValue(static_cast<int>(std::min<std::size_t>(m_before.count.value_or(0), kMostCounted)));
    m_ordered->setChecked(m_before.ordered);
    if (m_before.within > 0) m_within->setText(QString::fromStdString(figures::exact(m_before.within)));
}

void StepDialog::fillPlaces() {
    const std::string before =
        m_place->count() > 0 ? m_place->currentData().toString().toStdString() : m_before.at;
    const QSignalBlocker silent(m_place);
    m_place->clear();
    if (verb() == Verb::End) m_place->addItem(tr("All sources"), QString());
    const auto add = [this](const std::string& at) {
        m_place->addItem(placeWords(m_document, at), QString::fromStdString(at));
    };
    for (const Node& node : m_document.pipeline().nodes) {
        const NodeKind* const kind = m_document.kindOf(node.id);
        if (kind == nullptr) continue;
        for (const std::string& at : placesOf(verb(), node, *kind)) add(at);
    }
    // A table that is looked up, a node in a subflow, one that is gone: what the file names stays possible.
    if (verb() == m_before.verb && !m_before.at.empty() &&
        m_place->findData(QString::fromStdString(m_before.at)) < 0)
        add(m_before.at);
    if (verb() == Verb::Rows) {
        for (const Node& node : m_document.pipeline().nodes) {
            const NodeKind* const kind = m_document.kindOf(node.id);
            const bool known = m_place->findData(QString::fromStdString(node.id)) >= 0;
            if (kind != nullptr && !known && readsTable(*kind)) add(node.id);
        }
    }
    const int index = m_place->findData(QString::fromStdString(before));
    m_place->setCurrentIndex(std::max(index, 0));
}

void StepDialog::showFields() {
    const Verb now = verb();
    m_placeRow->setVisible(now != Verb::Advance);
    m_valueRow->setVisible(now == Verb::Advance || now == Verb::ExpectWatermark ||
                           now == Verb::ExpectWindow || now == Verb::Rows);
    m_windowRow->setVisible(now == Verb::ExpectWindow);
    if (now == Verb::ExpectWindow)
        m_valueRow->setWords(tr("End of the window"), tr("As 2024-03-01 12:00:00."));
    if (now == Verb::Advance) m_valueRow->setWords(tr("How long"), tr("As 10s, 5min or 2h."));
    if (now == Verb::ExpectWatermark)
        m_valueRow->setWords(tr("Watermark"), tr("As 2024-03-01 12:00:00; end; empty: none yet."));
    if (now == Verb::Rows) m_valueRow->setWords(tr("Partition"), tr("Only of a source that has some."));
    const bool rows = takesRows(now) && !(expectsRows(now) && m_onlyCount->isChecked());
    m_columnsRow->setVisible(rows);
    m_onlyCount->setVisible(expectsRows(now));
    m_count->setVisible(expectsRows(now) && m_onlyCount->isChecked());
    m_ordered->setVisible(rows && expectsRows(now) && now != Verb::ExpectTable);
    m_withinRow->setVisible(rows && expectsRows(now));
    check();
}

/// Within the limits of the file: a step beyond them could be written, and the file not be read again.
bool StepDialog::readValue(PipelineTestStep& step) const {
    const std::string text = m_value->text().trimmed().toStdString();
    if (step.verb == Verb::Advance) {
        const Result<Millis> millis = parseDuration(text);
        if (!millis.ok() || *millis < 0 || *millis > kLongestAdvance) return false;
        step.millis = *millis;
    } else if (step.verb == Verb::ExpectWatermark && text == "end") {
        step.watermark = kMaxTimestamp;
    } else if (step.verb == Verb::ExpectWatermark && !text.empty()) {
        step.watermark = parseTimestamp(text);
        return step.watermark.has_value();
    } else if (step.verb == Verb::ExpectWindow) {
        const std::optional<Instant> end = parseTimestamp(text);
        step.windowEnd = end.value_or(0);
        step.window = static_cast<PipelineTestStep::Window>(m_window->currentData().toInt());
        return end.has_value();
    } else if (step.verb == Verb::Rows) {
        step.partition = text;
        return m_value->text().size() <= static_cast<qsizetype>(kLongestTestId);
    }
    return true;
}

/// Rows stay where the step still has some.
void StepDialog::keepRows(PipelineTestStep& step) const {
    const bool had = m_before.rows.has_value() && takesRows(m_before.verb);
    step.rows = had ? *m_before.rows : Json::array();
    if (!had || step.columns == m_before.columns) return;
    const std::vector<StepColumn> before = columnsOf(m_document, m_before),
                                  after = columnsOf(m_document, step);
    if (before.empty() || after.empty()) return;
    step.rows =
        rowsInOrder(*m_before.rows, before, after, step.verb == Verb::Rows ? Json(nullptr) : Json("*"));
}

std::optional<PipelineTestStep> StepDialog::made() const {
    PipelineTestStep step;
    step.verb = verb();
    if (step.verb != Verb::Advance) step.at = m_place->currentData().toString().toStdString();
    if (step.at.empty() && step.verb != Verb::Advance && step.verb != Verb::End) return std::nullopt;
    if (!readValue(step)) return std::nullopt;
    if (!takesRows(step.verb)) return step;
    if (expectsRows(step.verb) && m_onlyCount->isChecked()) {
        step.count = static_cast<std::size_t>(m_count->value());
        return step;
    }
    if (std::vector<std::string> names = namesIn(m_columns->text()); !names.empty())
        step.columns = std::move(names);
    step.ordered = expectsRows(step.verb) && step.verb != Verb::ExpectTable && m_ordered->isChecked();
    if (expectsRows(step.verb) && !m_within->text().trimmed().isEmpty()) {
        bool ok = false;
        step.within = m_within->text().trimmed().toDouble(&ok);
        if (!ok || !std::isfinite(step.within) || step.within < 0) return std::nullopt;
    }
    keepRows(step);
    return step;
}

PipelineTestStep StepDialog::step() const {
    return made().value_or(m_before);
}

void StepDialog::check() {
    m_ok->setEnabled(made().has_value());
}

}  // namespace rw::ui
