#include "widgets/inspector/fields/rows_field.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kShownRows = 6;
}

RowsField::RowsField(const ParamSpec& spec) : ParamField(spec), m_grid(new QTableWidget) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kStep);
    layout->addWidget(m_grid);
    const int row = Theme::of(this).scaled(metrics::kTableRowHeight);
    m_grid->setTabKeyNavigation(false);  // Tab goes from cell to cell while one is edited, and else leaves
    m_grid->setFixedHeight(row * (kShownRows + 1) + 2);
    m_grid->verticalHeader()->setDefaultSectionSize(row);
    m_grid->horizontalHeader()->setStretchLastSection(true);
    m_grid->setFont(Theme::of(this).font(TextStyle::CodeSmall));
    setFocusProxy(m_grid);
    auto* buttons = new QHBoxLayout;
    auto* add = new QPushButton(tr("Add row"));
    auto* remove = new QPushButton(tr("Remove row"));
    for (QPushButton* button : {add, remove}) {
        button->setProperty("role", "link");
        buttons->addWidget(button);
    }
    buttons->addStretch();
    layout->addLayout(buttons);
    connect(m_grid, &QTableWidget::cellChanged, this, &RowsField::notifyEdited);
    connect(add, &QPushButton::clicked, this, [this] {
        m_grid->insertRow(m_grid->rowCount());
        m_grid->setCurrentCell(m_grid->rowCount() - 1, 0);
        notifyEdited();
    });
    connect(remove, &QPushButton::clicked, this, [this] {
        if (m_grid->rowCount() == 0) return;
        m_grid->removeRow(m_grid->currentRow() >= 0 ? m_grid->currentRow() : m_grid->rowCount() - 1);
        notifyEdited();
    });
}

void RowsField::setContext(const FieldContext& context) {
    m_columns = context.columns;
    m_showing = true;
    m_grid->setColumnCount(static_cast<int>(m_columns.size()));
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        auto* head = new QTableWidgetItem(QString::fromStdString(m_columns.fields[i].name));
        head->setToolTip(QString::fromStdString(toString(m_columns.fields[i].type)));
        m_grid->setHorizontalHeaderItem(static_cast<int>(i), head);
    }
    m_showing = false;
}

void RowsField::setValue(const Json& value) {
    m_showing = true;
    m_grid->setRowCount(value.is_array() ? static_cast<int>(value.size()) : 0);
    for (int row = 0; row < m_grid->rowCount(); ++row) {
        const Json& cells = value[static_cast<std::size_t>(row)];
        const int wide = cells.is_array() ? static_cast<int>(cells.size()) : 0;
        if (wide > m_grid->columnCount()) m_grid->setColumnCount(wide);
        for (int column = 0; column < m_grid->columnCount(); ++column) {
            QString text;
            if (column < wide) {
                const Json& cell = cells[static_cast<std::size_t>(column)];
                if (!cell.is_null())
                    text = QString::fromStdString(cell.is_string() ? cell.get<std::string>() : cell.dump());
            }
            if (QTableWidgetItem* item = m_grid->item(row, column)) {
                if (item->text() != text) item->setText(text);
            } else {
                m_grid->setItem(row, column, new QTableWidgetItem(text));
            }
        }
    }
    m_showing = false;
}

Json RowsField::cell(int row, int column) const {
    const QTableWidgetItem* item = m_grid->item(row, column);
    const QString text = item ? item->text() : QString();
    if (text.isEmpty()) return nullptr;
    const auto place = static_cast<std::size_t>(column);
    const Type type = place < m_columns.size() ? m_columns.fields[place].type : Type::of(TypeId::String);
    bool fits = false;
    if (type.isInteger()) {
        const qlonglong number = text.toLongLong(&fits);
        if (fits) return number;
    } else if (type.is(TypeId::Double)) {
        const double number = text.toDouble(&fits);
        if (fits) return number;
    } else if (type.is(TypeId::Boolean) &&
               (text == QLatin1String("true") || text == QLatin1String("false"))) {
        return text == QLatin1String("true");
    }
    return text.toStdString();  // validation reports a value that does not fit
}

void RowsField::notifyEdited() {
    if (m_showing) return;
    Json rows = Json::array();
    for (int row = 0; row < m_grid->rowCount(); ++row) {
        Json cells = Json::array();
        for (int column = 0; column < m_grid->columnCount(); ++column) cells.push_back(cell(row, column));
        rows.push_back(std::move(cells));
    }
    Q_EMIT edited(rows);
}

void RowsField::setIssues(const std::vector<Issue>& issues) {
    m_showing = true;
    const Tokens& tokens = Theme::of(this).tokens();
    for (int row = 0; row < m_grid->rowCount(); ++row) {
        const bool wrong = std::any_of(issues.begin(), issues.end(),
                                       [row](const Issue& issue) { return issue.item == row; });
        for (int column = 0; column < m_grid->columnCount(); ++column) {
            if (QTableWidgetItem* item = m_grid->item(row, column))
                item->setBackground(wrong ? QBrush(tokens.error.tint) : QBrush());
        }
    }
    m_showing = false;
}

}  // namespace rw::ui
