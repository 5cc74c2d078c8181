#include "widgets/inspector/fields/aggregate_row.h"

#include <QComboBox>
#include <QEvent>
#include <QFocusEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/sql/aggregates/aggregates.h"
#include "core/sql/parse/lexer.h"
#include "widgets/document/translated.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kFunctionWidth = 104, kLeastCell = 56;

QString sliceOf(const std::string& text, sql::Span span) {
    return QString::fromStdString(text.substr(span.begin, span.end - span.begin));
}

ExpressionEdit* makeCell() {
    auto* cell = new ExpressionEdit(ExpressionEdit::Lines::One);
    cell->setProperty("cell", true);
    return cell;
}

/// Marks the errors in `cell`, which shows `span` of `text`; tells whether there are any.
bool markCell(ExpressionEdit& cell, const std::string& text, sql::Span span,
              const std::vector<Issue>& issues) {
    const std::string shown = text.substr(span.begin, span.end - span.begin);
    std::vector<Issue> mine;
    std::vector<ErrorRange> mistakes;
    for (const Issue& issue : issues) {
        const std::size_t begin = std::max(issue.position, span.begin);
        const std::size_t end = std::min(issue.position + issue.length, span.end);
        if (begin >= end) continue;
        const int from = characterAt(shown, begin - span.begin), to = characterAt(shown, end - span.begin);
        mine.push_back(issue);
        mistakes.push_back({from, to - from, issue.severity == Severity::Warning});
    }
    setFieldState(cell, stateOf(mine));
    cell.setErrorRanges(std::move(mistakes));
    return !mine.empty();
}

}  // namespace

AggregateRow::AggregateRow(QWidget* parent)
    : QWidget(parent),
      m_cells(new QWidget),
      m_function(new QComboBox),
      m_column(makeCell()),
      m_name(makeCell()),
      m_line(makeCell()),
      m_remove(new IconButton(QStringLiteral("x"), {})) {
    m_function->setProperty("cell", true);
    m_function->setProperty("mono", true);
    m_grid = new QGridLayout(m_cells);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(0);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    for (QWidget* cell : {static_cast<QWidget*>(m_column), static_cast<QWidget*>(m_name)}) {
        cell->setMinimumWidth(Theme::of(this).scaled(kLeastCell));
        cell->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // equal shares
    }
    place(false, false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 0);  // the line above
    layout->setSpacing(0);
    layout->addWidget(m_cells, 1);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_remove);
    m_remove->setDense();
    m_line->hide();
    fillFunctions();
    nameAll();
    setFocusProxy(m_function);
    for (QWidget* part :
         {static_cast<QWidget*>(m_function), static_cast<QWidget*>(m_column), static_cast<QWidget*>(m_name),
          static_cast<QWidget*>(m_line), static_cast<QWidget*>(m_remove)})
        part->installEventFilter(this);
    connect(m_function, &QComboBox::activated, this, &AggregateRow::functionChosen);
    connect(m_column, &ExpressionEdit::edited, this, &AggregateRow::cellEdited);
    connect(m_name, &ExpressionEdit::edited, this, &AggregateRow::cellEdited);
    connect(m_line, &ExpressionEdit::edited, this,
            [this](const QString& text) { notifyEdited(text.toStdString()); });
    connect(m_remove, &QToolButton::clicked, this, &AggregateRow::removeRequested);
}

// Cells stay below their heads, whatever stands above them.
void AggregateRow::place(bool alone, bool stacked) {
    m_alone = alone;
    m_stacked = stacked;
    const int function = Theme::of(this).scaled(kFunctionWidth);
    for (QWidget* cell :
         {static_cast<QWidget*>(m_function), static_cast<QWidget*>(m_column), static_cast<QWidget*>(m_name)})
        m_grid->removeWidget(cell);
    m_function->setMinimumWidth(function);
    m_function->setMaximumWidth(alone ? QWIDGETSIZE_MAX : function);
    m_grid->setColumnMinimumWidth(0, function);
    m_grid->addWidget(m_function, 0, 0, 1, alone ? 3 : 1);
    const int first = alone ? 1 : 0;
    m_grid->addWidget(m_column, first, 1, 1, stacked ? 2 : 1);
    m_grid->addWidget(m_name, stacked ? first + 1 : first, stacked ? 1 : 2, 1, stacked ? 2 : 1);
}

/// Whether the function's box shows all of its name in its column.
bool AggregateRow::functionFits() const {
    const QFontMetrics metrics = m_function->fontMetrics();
    int widest = 0;
    for (int i = 0; i < m_function->count(); ++i)
        widest = std::max(widest, metrics.horizontalAdvance(m_function->itemText(i)));
    const int around = m_function->sizeHint().width() - widest;
    return metrics.horizontalAdvance(m_function->currentText()) + around <=
           Theme::of(this).scaled(kFunctionWidth);
}

/// Whether each cell shows all of its text where both share a line.
bool AggregateRow::fits() const {
    const int function = Theme::of(this).scaled(kFunctionWidth);
    const int share = (m_cells->width() - function) / 2 - 2 * metrics::kGrid;
    const auto isWhole = [share](const ExpressionEdit& cell) {
        return QFontMetrics(cell.font()).horizontalAdvance(cell.toPlainText()) <= share;
    };
    return isWhole(*m_column) && isWhole(*m_name);
}

void AggregateRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    giveRoom();
}

// Cells move apart while the user types, and never together.
void AggregateRow::giveRoom() {
    if (m_cells->isHidden()) return;
    const bool typing = m_column->hasFocus() || m_name->hasFocus(), fit = fits();
    const bool stacked = m_stacked ? !fit || typing : !fit;
    const bool alone = !functionFits();
    if (stacked != m_stacked || alone != m_alone) place(alone, stacked);
}

void AggregateRow::arrange(QHBoxLayout& line, QWidget& function, QWidget& column, QWidget& name) {
    line.setContentsMargins(0, 0, 0, 0);
    line.setSpacing(0);
    const Theme& theme = Theme::of(&function);
    function.setFixedWidth(theme.scaled(kFunctionWidth));
    line.addWidget(&function);
    for (QWidget* cell : {&column, &name}) {
        cell->setMinimumWidth(theme.scaled(kLeastCell));
        cell->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // equal shares
        line.addWidget(cell, 1);
    }
}

void AggregateRow::fillFunctions() {
    for (const sql::AggregateInfo& info : sql::aggregateFunctions()) {
        m_function->addItem(QString::fromUtf8(info.name.data(), static_cast<qsizetype>(info.name.size())));
        m_function->setItemData(m_function->count() - 1, translated(info.help), Qt::ToolTipRole);
    }
    m_function->insertSeparator(m_function->count());
    m_function->addItem(tr("Write as SQL…"));
    m_function->setItemData(m_function->count() - 1, tr("For FILTER (WHERE …) and the like"),
                            Qt::ToolTipRole);
}

void AggregateRow::nameAll() {
    m_function->setAccessibleName(tr("Function"));
    m_column->setAccessibleName(tr("Column"));
    m_name->setAccessibleName(tr("Result name"));
    m_line->setAccessibleName(tr("Aggregate as SQL"));
    m_remove->setLabel(tr("Remove this line"));
}

void AggregateRow::setText(const std::string& text) {
    if (text == m_text) return;  // the text told comes back
    m_text = text;
    setToolTip(tipText(QString::fromStdString(text)));  // cells may cut it off
    if (const auto cells = aggregateCells(text)) return showCells(*cells);
    showLine();
}

void AggregateRow::showCells(const AggregateCells& cells) {
    const QString function = sliceOf(m_text, cells.function).toUpper();
    m_function->setCurrentText(function);
    m_column->setCode(sliceOf(m_text, cells.argument));
    m_name->setCode(sliceOf(m_text, cells.name));
    m_usual = usualName(function.toStdString(), m_column->toPlainText().toStdString());
    m_cells->show();
    m_line->hide();
    giveRoom();
    setFocusProxy(m_function);
}

void AggregateRow::showLine() {
    m_line->setCode(QString::fromStdString(m_text));
    m_line->show();
    m_cells->hide();
    setFocusProxy(m_line);
}

void AggregateRow::functionChosen(int index) {
    if (index == m_function->count() - 1) {
        showLine();
        m_line->setFocus();
        return m_line->selectAll();
    }
    const bool starred = m_column->toPlainText() == QLatin1String("*");
    if (starred && m_function->currentText() != QLatin1String("COUNT"))
        m_column->setCode(QString::fromStdString(m_number));
    cellEdited();
}

void AggregateRow::cellEdited() {
    const std::string function = m_function->currentText().toStdString();
    const std::string argument = m_column->toPlainText().toStdString();
    const std::string before = std::exchange(m_usual, usualName(function, argument));
    // A name that the user did not choose goes with its argument.
    if (!m_usual.empty() && m_name->toPlainText().toStdString() == before)
        m_name->setCode(QString::fromStdString(m_usual));
    giveRoom();
    notifyEdited(aggregateText(function, argument, m_name->toPlainText().trimmed().toStdString()));
}

void AggregateRow::notifyEdited(std::string text) {
    if (text == m_text) return;
    m_text = std::move(text);
    setToolTip(tipText(QString::fromStdString(m_text)));
    Q_EMIT edited();
}

void AggregateRow::setColumns(const AggregateColumns& columns, const std::string& number) {
    m_number = number;
    m_column->setCompletions(columns.plain);
    m_line->setCompletions(columns.withAggregates);
}

void AggregateRow::setIssues(const std::vector<Issue>& issues) {
    const auto cells = aggregateCells(m_text);
    const sql::Span all{0, m_text.size()};
    markCell(*m_line, m_text, all, issues);
    setFieldState(*m_line, stateOf(issues));
    const bool inColumn = cells && markCell(*m_column, m_text, cells->argument, issues);
    const bool inName = cells && markCell(*m_name, m_text, cells->name, issues);
    const bool placed = inColumn || inName;
    if (placed || !m_cells->isVisibleTo(this)) return setFieldState(*m_function, "");
    // No cell in particular.
    for (QWidget* cell :
         {static_cast<QWidget*>(m_function), static_cast<QWidget*>(m_column), static_cast<QWidget*>(m_name)})
        setFieldState(*cell, stateOf(issues));
}

bool AggregateRow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::FocusIn && event->type() != QEvent::FocusOut) return false;
    update();
    const bool left = watched == m_line && event->type() == QEvent::FocusOut &&
                      static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason &&
                      static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason;
    if (!left) return false;
    // The line tells its last text first.
    QMetaObject::invokeMethod(
        this,
        [this] {
            const auto cells = aggregateCells(m_text);
            if (cells && !m_line->hasFocus()) showCells(*cells);
        },
        Qt::QueuedConnection);
    return false;
}

void AggregateRow::paintEvent(QPaintEvent*) {
    const Tokens& tokens = Theme::of(this).tokens();
    QPainter painter(this);
    const QWidget* focus = focusWidget();
    if (focus != nullptr && focus->hasFocus()) painter.fillRect(rect(), tokens.selected);
    painter.fillRect(0, 0, width(), 1, tokens.line);
}

namespace {

bool isFunction(const sql::Token& token) {
    const auto& all = sql::aggregateFunctions();
    return token.kind == sql::Token::Kind::Word &&
           std::any_of(all.begin(), all.end(), [&](const auto& info) { return info.name == token.upper; });
}

/// Index of the bracket that closes the one at 1; of the last token when none does.
std::size_t closing(const std::vector<sql::Token>& tokens) {
    int depth = 0;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens[i].isSymbol("(")) ++depth;
        if (tokens[i].isSymbol(")") && --depth == 0) return i;
    }
    return tokens.size() - 1;
}

}  // namespace

std::optional<AggregateCells> aggregateCells(std::string_view text) {
    const bool comment =
        text.find("--") != std::string_view::npos || text.find("/*") != std::string_view::npos;
    const auto read = sql::tokenize(text);
    const auto* tokens = std::get_if<std::vector<sql::Token>>(&read);
    if (comment || !tokens || tokens->size() < 4 || !isFunction(tokens->front()) ||
        !(*tokens)[1].isSymbol("("))
        return std::nullopt;
    using Kind = sql::Token::Kind;
    const std::size_t close = closing(*tokens);
    if ((*tokens)[close].kind == Kind::End) return std::nullopt;
    AggregateCells cells{tokens->front().span, {}, {}};
    cells.argument = {(*tokens)[1].span.end, (*tokens)[1].span.end};
    if (close > 2) cells.argument = {(*tokens)[2].span.begin, (*tokens)[close - 1].span.end};
    const std::size_t after = tokens->size() - close - 2;  // tokens between the bracket and the end
    if (after == 0) {
        cells.name = {text.size(), text.size()};
        return cells;
    }
    const sql::Token& name = (*tokens)[close + 2 < tokens->size() ? close + 2 : close + 1];
    if (after != 2 || !(*tokens)[close + 1].isKeyword("AS") ||
        (name.kind != Kind::Word && name.kind != Kind::Quoted))
        return std::nullopt;
    cells.name = name.span;
    return cells;
}

std::string aggregateText(std::string_view function, std::string_view argument, std::string_view name) {
    std::string text;
    text.append(function).append("(").append(argument).append(")");
    if (!name.empty()) text.append(" AS ").append(name);
    return text;
}

std::string usualName(std::string_view function, std::string_view argument) {
    if (function == "COUNT" && argument == "*") return "n";
    using Kind = sql::Token::Kind;
    const auto read = sql::tokenize(argument);
    const auto* tokens = std::get_if<std::vector<sql::Token>>(&read);
    const bool isName = tokens != nullptr && tokens->size() == 2 &&
                        (tokens->front().kind == Kind::Word || tokens->front().kind == Kind::Quoted);
    if (!isName) return {};
    return sql::quoteIdentifier(inAsciiSmall(function) + "_" + tokens->front().text);
}

}  // namespace rw::ui
