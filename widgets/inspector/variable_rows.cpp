#include "widgets/inspector/variable_rows.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/pipeline/limits.h"
#include "widgets/document/help_text.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/fields/typed_text.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

bool isVariableName(const QString& name) {
    return std::all_of(name.begin(), name.end(),
                       [](QChar each) { return each.isLetterOrNumber() || each == u'_'; });
}

std::string nameIn(const QLineEdit& edit) {
    return edit.text().trimmed().toStdString();
}

}  // namespace

VariableRows::VariableRows(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout), m_hint(new HintBox) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    auto* head = new QHBoxLayout;
    auto* label = new QLabel(tr("Variables"));
    label->setProperty("role", "dim");
    label->setToolTip(helpTip(
        RW_TEXT("settings",
                "Texts that parameters share: ${folder} in a parameter is replaced by the value of folder. "
                "--set gives it another value for one run.")));
    head->addWidget(label, 1);
    QPushButton* add = makeAddButton();
    add->setObjectName(QStringLiteral("addVariable"));
    add->setText(tr("Add variable"));
    head->addWidget(add);
    column->addLayout(head);
    m_rows->setSpacing(metrics::kStep);
    column->addLayout(m_rows);
    m_hint->hide();
    column->addWidget(m_hint);
    setFocusProxy(add);
    connect(add, &QPushButton::clicked, this, [this] {
        addLine(m_lines.size());
        m_lines.back().name->setFocus();
    });
}

void VariableRows::addLine(std::size_t place) {
    constexpr int kLeastWords = 44;
    Line line{new QWidget, new QLineEdit, new QLineEdit};
    auto* row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    line.name->setObjectName(QStringLiteral("variableName"));
    line.name->setPlaceholderText(tr("name"));
    line.name->setAccessibleName(tr("Name of the variable"));
    line.name->setMaxLength(kMaxTitle);
    line.value->setObjectName(QStringLiteral("variableValue"));
    line.value->setPlaceholderText(tr("value"));
    line.value->setAccessibleName(tr("Value of the variable"));
    for (QLineEdit* edit : {line.name, line.value}) {
        edit->setProperty("mono", true);
        edit->setMinimumWidth(Theme::of(this).scaled(kLeastWords));
        row->addWidget(edit, edit == line.name ? 2 : 3);
    }
    whenTyped(line.name, m_whileWhole, [this, named = line.row] { takeName(named); });
    whenTyped(line.value, m_whileWhole, [this] { tell(); });
    auto* remove = new IconButton(QStringLiteral("x"), tr("Remove this variable"));
    row->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, gone = line.row] { removeLine(gone); });
    m_rows->insertWidget(static_cast<int>(place), line.row);
    m_lines.insert(m_lines.begin() + static_cast<std::ptrdiff_t>(place), line);
}

VariableRows::Line* VariableRows::lineOf(const QWidget* row) {
    const auto found =
        std::find_if(m_lines.begin(), m_lines.end(), [row](const Line& line) { return line.row == row; });
    return found == m_lines.end() ? nullptr : &*found;
}

void VariableRows::takeAway(std::size_t place) {
    QWidget* row = m_lines[place].row;
    m_lines.erase(m_lines.begin() + static_cast<std::ptrdiff_t>(place));
    m_rows->removeWidget(row);
    row->hide();
    row->deleteLater();
}

void VariableRows::removeLine(const QWidget* row) {
    const Line* line = lineOf(row);
    if (line == nullptr) return;
    takeAway(static_cast<std::size_t>(line - m_lines.data()));
    tell();
}

void VariableRows::takeName(const QWidget* row) {
    Line* line = lineOf(row);
    if (line == nullptr) return;
    const std::string name = nameIn(*line->name);
    showObjections();
    if (name.empty() || name == line->known || !objectionTo(*line).isEmpty()) return;
    if (line->known.empty()) return tell();
    const std::string before = std::exchange(line->known, name);  // the receiver shows them anew
    Q_EMIT renamed(before, name);
}

QString VariableRows::objectionTo(const Line& line) const {
    const QString name = line.name->text().trimmed();
    if (name.isEmpty()) {
        const bool untouched = line.known.empty() && line.value->text().isEmpty();
        return untouched ? QString() : tr("A variable needs a name.");
    }
    const std::string wanted = name.toStdString();
    if (wanted == line.known) return {};  // a file may have others
    if (!isVariableName(name)) return tr("Names consist of letters, digits and _.");
    const bool taken = std::any_of(m_lines.begin(), m_lines.end(), [&](const Line& other) {
        return other.row != line.row && other.known == wanted;
    });
    return taken ? tr("There is a variable “%1” already. Choose another name.").arg(name) : QString();
}

void VariableRows::showObjections() {
    QString first;
    for (const Line& line : m_lines) {
        const QString objection = objectionTo(line);
        setFieldState(*line.name, objection.isEmpty() ? "" : "error");
        if (first.isEmpty()) first = objection;
    }
    if (!first.isEmpty()) m_hint->set(HintBox::Kind::Error, first, {});
    m_hint->setVisible(!first.isEmpty());
}

void VariableRows::tell() {
    std::vector<Variable> variables;
    for (Line& line : m_lines) {
        if (line.known.empty() && objectionTo(line).isEmpty()) line.known = nameIn(*line.name);
        if (!line.known.empty()) variables.push_back({line.known, line.value->text().toStdString()});
    }
    showObjections();
    Q_EMIT edited(variables);
}

void VariableRows::setVariables(const std::vector<Variable>& variables) {
    std::size_t place = 0;  // among all lines
    for (const Variable& variable : variables) {
        while (place < m_lines.size() && m_lines[place].known.empty()) ++place;
        if (place == m_lines.size()) addLine(place);
        Line& line = m_lines[place++];
        const bool asTyped = line.known == variable.name && !objectionTo(line).isEmpty();
        line.known = variable.name;
        if (!asTyped) showText(line.name, QString::fromStdString(variable.name));
        showText(line.value, QString::fromStdString(variable.value));
    }
    for (std::size_t i = m_lines.size(); i-- > place;) {
        if (!m_lines[i].known.empty()) takeAway(i);
    }
    showObjections();
}

}  // namespace rw::ui
