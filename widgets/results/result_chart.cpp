#include "widgets/results/result_chart.h"

#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <charconv>

#include "core/query/query.h"
#include "widgets/charts/quick/quick_chart.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kChartLeavesMillis = 500;

QueryValue valueOf(SqliteCell cell) {
    switch (cell.kind) {
        case SqliteCell::Kind::Null:
            return {};
        case SqliteCell::Kind::Number: {
            std::int64_t whole = 0;
            const char* const end = cell.text.data() + cell.text.size();
            const auto [rest, error] = std::from_chars(cell.text.data(), end, whole);
            if (error == std::errc() && rest == end) return whole;
            return cell.number;
        }
        case SqliteCell::Kind::Text:
        case SqliteCell::Kind::Blob:
            break;
    }
    return std::move(cell.text);
}

}  // namespace

struct ResultChart::Read {
    Status status{};
    QuickChart::Answer answer{};
};

ResultChart::ResultChart(QWidget* parent)
    : QWidget(parent),
      m_chart(new QuickChart(this)),
      m_nothing(new EmptyState(this)),
      m_note(new QLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* middle = new QWidget(this);
    m_pages = new QStackedLayout(middle);
    m_pages->addWidget(m_chart);
    m_pages->addWidget(m_nothing);
    column->addWidget(middle, 1);
    m_note->setProperty("role", "caption");
    m_note->setWordWrap(true);
    m_note->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding,
                               metrics::kStep);
    column->addWidget(m_note);
    showWords();
}

ResultChart::~ResultChart() {
    m_reading.drop();
    (void)m_worker.wait(kChartLeavesMillis);
}

void ResultChart::setMatch(const ResultReader::Match& match) {
    if (match == m_match) return;
    m_match = match;
    m_error.reset();
    if (!m_match) {
        m_reading.drop();
        m_charted = false;
        return m_chart->set(nullptr);
    }
    m_reading.ask(
        m_worker,
        [match](const Latest::Question& question) {
            auto answer = std::make_shared<QueryAnswer>();
            answer->result.columns = match->query.table.columns;
            auto rows = readRows(*match, 0, std::min(match->rows, kMostRows), question.flag());
            if (!rows.ok()) return Read{rows.status(), nullptr};
            for (SqliteRow& row : *rows) {
                if (row.size() != answer->result.columns.size()) continue;  // deleted since
                auto& values = answer->result.rows.emplace_back();
                for (SqliteCell& cell : row) values.push_back(valueOf(std::move(cell)));
            }
            return Read{{}, std::move(answer)};
        },
        [this](const Read& read) { take(read); });
    showWords();
}

void ResultChart::take(const Read& read) {
    m_error = read.status.ok() ? std::nullopt : std::optional(read.status.error());
    m_chart->set(read.answer);
    m_charted = read.answer && m_chart->hasChart();
    showWords();
}

void ResultChart::showWords() {
    m_pages->setCurrentIndex(m_charted && !m_error ? 0 : 1);
    const QString icon = QStringLiteral("chart");
    if (m_error) {
        m_nothing->set(QStringLiteral("warning"), translated(m_error->message), translated(m_error->fix));
    } else if (m_reading.isWaiting()) {
        m_nothing->set(icon, tr("Reading…"), {});
    } else {
        m_nothing->set(icon, tr("No chart of this table"),
                       tr("A chart needs a column of numbers, and another one of times, names or numbers."));
    }
    const bool more = m_match && m_match->rows > kMostRows;
    m_note->setText(more ? tr("Only the rows up to number %1 are charted.").arg(countText(kMostRows))
                         : QString());
    m_note->setVisible(more);
}

void ResultChart::retranslate() {
    m_chart->retranslate();
    showWords();
}

}  // namespace rw::ui
