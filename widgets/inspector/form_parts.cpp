#include "widgets/inspector/form_parts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "core/sql/parse/ast.h"
#include "widgets/editor/sql_completion.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

FormFact::FormFact(const QString& label, const QString& icon, QWidget* parent)
    : QWidget(parent), m_label(new QLabel(label)), m_code(new QLabel), m_words(new QLabel) {
    const Theme& theme = Theme::of(this);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::kGrid);
    setMinimumHeight(theme.scaled(metrics::kControlHeight));
    m_label->setProperty("role", "dim");
    auto* mark = new QLabel;
    const auto draw = [this, mark, icon] {
        const Theme& now = Theme::of(this);
        mark->setPixmap(now.pixmap(icon, metrics::kIconSmall, now.tokens().accent, devicePixelRatioF()));
    };
    draw();
    connect(&theme, &Theme::changed, mark, draw);
    m_code->setProperty("role", "code");
    m_words->setProperty("role", "caption");
    m_words->setWordWrap(true);
    line->addWidget(m_label);
    line->addWidget(mark);
    line->addWidget(m_code);
    line->addWidget(m_words, 1);
}

void FormFact::set(const QString& code, const QString& words) {
    m_code->setText(code);
    m_code->setVisible(!code.isEmpty());
    m_words->setText(words);
    setAccessibleName(QStringLiteral("%1: %2 %3").arg(m_label->text(), code, words));
}

void FormFact::setLabelWidth(int width) {
    m_label->setFixedWidth(width);
}

ResultColumns::ResultColumns(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, metrics::kGrid, 0, 0);
    column->setSpacing(metrics::kGrid);
    auto* head = new QLabel(tr("Result columns"));
    head->setProperty("role", "section");
    auto* chips = new QWidget;
    m_chips = new FlowLayout(chips);
    column->addWidget(head);
    column->addWidget(chips);
    hide();
}

void ResultColumns::setStream(const StreamType* stream) {
    setVisible(stream != nullptr);
    if (stream == nullptr || *stream->schema == m_columns) return;
    m_columns = *stream->schema;
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Field& field : m_columns.fields) {
        auto* chip = new Chip(QString::fromStdString(field.name));
        chip->setMono(true);
        chip->setFocusPolicy(Qt::NoFocus);
        chip->setToolTip(QString::fromStdString(toString(field.type)));
        m_chips->addWidget(chip);
        chip->show();
    }
}

namespace {
constexpr int kMostRows = 8;
constexpr int kSpelledRole = Qt::UserRole;
}  // namespace

InputColumns::InputColumns(QWidget* parent) : QWidget(parent), m_list(new QTreeWidget(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, metrics::kListPadding, 0, 0);
    column->setSpacing(metrics::kStep);
    auto* head = new QHBoxLayout;
    auto* title = new QLabel(tr("Input columns"));
    title->setProperty("role", "section");
    auto* hint = new QLabel(tr("click to insert"));
    hint->setProperty("role", "caption");
    head->addWidget(title, 1);
    head->addWidget(hint);
    column->addLayout(head);
    column->addWidget(m_list);
    m_list->setAccessibleName(tr("Input columns"));
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    const auto insert = [this](const QTreeWidgetItem* row) {
        Q_EMIT chosen(row->data(0, kSpelledRole).toString());
    };
    connect(m_list, &QTreeWidget::itemClicked, this, insert);
    connect(m_list, &QTreeWidget::itemActivated, this, [this, insert](const QTreeWidgetItem* row) {
        if (m_list->hasFocus()) insert(row);  // by Enter; a double-click has clicked already
    });
    hide();
}

void InputColumns::setColumns(const Schema& columns) {
    std::vector<Shown> all;
    for (const Field& field : columns.fields)
        all.push_back({QString::fromStdString(field.name), QString::fromStdString(toString(field.type)),
                       QString::fromStdString(sql::quoteIdentifier(field.name))});
    list(std::move(all));
}

void InputColumns::setSides(const JoinSides& sides) {
    std::vector<Shown> all;
    for (const JoinSide& side : sides)
        for (const Field& field : side.columns.fields)
            all.push_back({QString::fromStdString(side.name + "." + field.name),
                           QString::fromStdString(toString(field.type)), spelled(side, field.name)});
    list(std::move(all));
}

void InputColumns::list(std::vector<Shown> columns) {
    setVisible(!columns.empty());
    if (columns == m_columns) return;
    m_columns = std::move(columns);
    m_list->clear();
    const Theme& theme = Theme::of(this);
    for (const Shown& column : m_columns) {
        auto* row = new QTreeWidgetItem(m_list, {column.name, column.type});
        row->setData(0, kSpelledRole, column.spelled);
        row->setFont(0, theme.font(TextStyle::Code));
        row->setFont(1, theme.font(TextStyle::CodeSmall));
        row->setForeground(1, theme.tokens().dim);
    }
    const int rows = std::min(static_cast<int>(m_columns.size()), kMostRows);
    m_list->setFixedHeight(rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth() + 2);
}

}  // namespace rw::ui
