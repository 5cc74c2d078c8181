#include "widgets/inspector/trials/pattern_trial_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "core/patterns/parse.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/inspector/patterns/pattern_view.h"
#include "widgets/inspector/trials/input_rows.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kPatternRows = 6;
constexpr std::size_t kMostTaken = 20;
constexpr char kPattern[] = "pattern";
constexpr int kTrialFarewell = 2'000;

/// “1 A”, in the colour of A; of several matches “1 A, 2 B”.
RowMark markOf(const std::vector<PatternHit>& hits, const patterns::RowPattern& pattern, const Tokens& tokens,
               const QString& tip) {
    RowMark mark;
    QStringList words, tips;
    for (const PatternHit& hit : hits) {
        const QString variable = QString::fromStdString(hit.variable);
        words << QStringLiteral("%1 %2").arg(hit.match).arg(variable);
        tips << tip.arg(hit.match).arg(variable);
        const int place = pattern.find(hit.variable);
        if (!mark.color.isValid() && place >= 0) mark.color = variableColor(tokens, place);
    }
    mark.words = words.join(QLatin1String(", "));
    mark.tip = tips.join(QLatin1Char('\n'));
    return mark;
}

}  // namespace

PatternTrialBox::PatternTrialBox(PipelineDocument& document, RunSession* session, NodeId node,
                                 TrialMemory& memory, QWidget* parent)
    : TrialBox(parent),
      m_document(document),
      m_node(std::move(node)),
      m_cells(memory.cellsOf(m_node)),
      m_input(new InputRows(document, session, m_node, this)),
      m_head(new QLabel(tr("Rows to try"))),
      m_result(new QLabel),
      m_rows(new TypedRows(m_cells, tr("Match"))),
      m_take(new QPushButton(tr("Take rows of the input"))) {
    setObjectName(QStringLiteral("patternTrial"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, metrics::kGrid, 0, 0);
    column->setSpacing(metrics::kStep);
    m_head->setProperty("role", "dim");
    m_result->setProperty("role", "caption");
    m_result->setObjectName(QStringLiteral("matches"));
    m_result->setWordWrap(true);
    m_take->setObjectName(QStringLiteral("takeRows"));
    m_take->setProperty("role", "link");
    auto* line = new QHBoxLayout;
    line->addWidget(m_head, 1);
    line->addWidget(m_take);
    column->addLayout(line);
    column->addWidget(m_rows);
    column->addWidget(m_result);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSettleMillis);
    connect(&m_soon, &QTimer::timeout, this, &PatternTrialBox::begin);
    connect(m_rows, &TypedRows::changed, this, [this] { m_soon.start(); });
    connect(m_take, &QPushButton::clicked, this, [this] { m_rows->take(m_input->rows(), kMostTaken); });
    connect(m_input, &InputRows::changed, this, [this] { m_take->setVisible(m_input->hasRows()); });
    connect(&Theme::of(this), &Theme::changed, this, [this] { m_soon.start(); });
    refresh();
}

PatternTrialBox::~PatternTrialBox() {
    cancel();
    (void)m_worker.wait(kTrialFarewell);
}

void PatternTrialBox::refresh() {
    const TypedNode* typed = m_document.typed(m_node);
    const bool wired = typed && !typed->inputs.empty() && !typed->inputs.front().empty();
    for (QWidget* part : std::initializer_list<QWidget*>{m_head, m_rows}) part->setVisible(wired);
    m_take->setVisible(wired && m_input->hasRows());
    if (!wired) return say({}, false);
    m_rows->setColumns(*typed->inputs.front().front().schema, kPatternRows);
    m_soon.start();
}

void PatternTrialBox::cancel() {
    m_trial.drop();
    m_soon.stop();
}

void PatternTrialBox::begin() {
    const TypedNode* typed = m_document.typed(m_node);
    const Node* node = m_document.node(m_node);
    if (node == nullptr || !typed || typed->inputs.empty() || typed->inputs.front().empty()) return;
    cancel();
    // The form says what is wrong with the settings of the node.
    const StreamType& input = typed->inputs.front().front();
    if (!typed->bound || input.eventTime < 0) {
        m_rows->setMarks({});
        return say(tr("Rows are tried as soon as the settings have no errors."), false);
    }
    if (const Result<Batch> rows = m_rows->batch(); !rows.ok()) {
        m_rows->setMarks({});
        return say(translated(rows.error().message), true);
    }
    PatternTrialRequest request{
        *node, *m_cells, {}, m_document.validateOptions(), m_document.sharedCatalogue()};
    request.eventTime = input.schema->fields[static_cast<std::size_t>(input.eventTime)].name;
    auto work = [request = std::move(request)](const Latest::Question& question) {
        return tryPattern(request, [question] { return question.isDropped(); });
    };
    m_trial.ask(m_worker, std::move(work),
                [this](const Result<PatternTrialReport>& report) { take(report); });
}

void PatternTrialBox::take(const Result<PatternTrialReport>& report) {
    const Node* node = m_document.node(m_node);
    if (node == nullptr) return;
    std::vector<RowMark> marks;
    if (!report.ok()) {
        m_rows->setMarks(marks);
        return say(translated(report.error().message), true);
    }
    const Json text = node->params.value(kPattern, Json());
    const auto parsed = patterns::parsePattern(text.is_string() ? text.get<std::string>() : std::string());
    const auto* pattern = std::get_if<patterns::RowPattern>(&parsed);
    for (const std::vector<PatternHit>& hits : report->rows)
        marks.push_back(pattern ? markOf(hits, *pattern, Theme::of(this).tokens(), tr("match %1: %2"))
                                : RowMark());
    m_rows->setMarks(marks);
    say(report->matches == 0 ? tr("No match") : tr("%n matches", nullptr, static_cast<int>(report->matches)),
        false);
}

void PatternTrialBox::say(const QString& words, bool warns) {
    m_result->setText(shownText(words));
    m_result->setVisible(!words.isEmpty());
    const QString role = warns ? QStringLiteral("warn") : QStringLiteral("caption");
    if (m_result->property("role").toString() == role) return;
    m_result->setProperty("role", role);
    Theme::repolish(m_result);
}

}  // namespace rw::ui
