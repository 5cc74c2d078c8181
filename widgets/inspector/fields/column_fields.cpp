#include "widgets/inspector/fields/column_fields.h"

#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QStringListModel>
#include <QVBoxLayout>
#include <utility>

#include "core/pipeline/checks/param_check.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
bool isKey(const ParamSpec& spec) {
    return spec.name == "key" || spec.name == "keys";
}

QStringList keyOf(const StreamType& stream) {
    QStringList names;
    for (const int column : stream.key)
        names << QString::fromStdString(stream.schema->fields[static_cast<std::size_t>(column)].name);
    return names;
}
}  // namespace

bool typeFits(Type type, const std::string& columnTypes) {
    if (columnTypes == "timestamp") return type.is(TypeId::Timestamp);
    if (columnTypes == "numeric") return type.isNumeric();
    if (columnTypes == "numeric or timestamp") return type.isNumeric() || type.is(TypeId::Timestamp);
    if (columnTypes == "text") return type.is(TypeId::String);
    if (columnTypes == "boolean") return type.is(TypeId::Boolean);
    if (columnTypes == "label") return !type.is(TypeId::Bytes);
    return true;
}

ColumnField::ColumnField(const ParamSpec& spec)
    : ParamField(spec), m_list(new QComboBox), m_names(new QStringListModel(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    m_list->setEditable(true);
    m_list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_list->setMinimumContentsLength(6);  // a longer name scrolls in the field
    m_list->setInsertPolicy(QComboBox::NoInsert);
    m_list->setProperty("mono", true);
    m_list->lineEdit()->setProperty("mono", true);
    m_list->lineEdit()->setPlaceholderText(m_nothing = emptyText({}));
    m_list->lineEdit()->installEventFilter(this);
    auto* completer = new QCompleter(m_names, m_list);
    completer->setCompletionMode(QCompleter::InlineCompletion);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_list->setCompleter(completer);
    setFocusProxy(m_list);
    connect(m_list, &QComboBox::activated, this, [this](int row) {
        const QString name = m_list->itemData(row).toString();
        m_list->setEditText(name);
        notifyEdited(name);
    });
    connect(m_list->lineEdit(), &QLineEdit::editingFinished, &m_whileWhole,
            [this] { takeText(m_list->currentText()); });
}

bool ColumnField::showSeveral() {
    m_several = true;
    m_list->lineEdit()->setPlaceholderText(severalValues());
    m_list->setCurrentIndex(-1);
    m_list->setEditText({});
    return true;
}

void ColumnField::takeText(const QString& text) {
    if (!m_several || !text.trimmed().isEmpty()) notifyEdited(text);
}

// A chart that is given no time shows that of its rows; a time column of a source has no such meaning.
QString ColumnField::emptyText(const FieldContext& context) const {
    if (spec().required) return tr("Choose a column");
    const bool ofTime = spec().columnTypes.find("timestamp") != std::string::npos;
    if (!ofTime || context.kind == nullptr || !context.kind->chart) return tr("None");
    return context.input.windowed ? tr("Start of the window") : tr("Event time");
}

void ColumnField::notifyEdited(const QString& text) {
    if (text.trimmed().isEmpty()) return Q_EMIT edited(nullptr);
    Q_EMIT edited(text.trimmed().toStdString());
}

void ColumnField::setValue(const Json& value) {
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    const QString text = shown.is_string() ? QString::fromStdString(shown.get<std::string>()) : QString();
    if (std::exchange(m_several, false)) m_list->lineEdit()->setPlaceholderText(m_nothing);
    if (m_list->currentText() == text) return;
    m_list->setCurrentIndex(m_list->findData(text));
    m_list->setEditText(text);
}

void ColumnField::setContext(const FieldContext& context) {
    QStringList names;
    const std::string types = columnTypesOf(spec(), *context.kind, context.params);
    for (const Field& field : context.columns.fields) {
        if (typeFits(field.type, types)) names << QString::fromStdString(field.name);
    }
    const QString nothing = emptyText(context);
    const bool same = names == m_names->stringList() && nothing == m_nothing;
    if (m_list->count() > 0 && same) return;  // an open list stays as it is
    m_nothing = nothing;
    if (!m_several) m_list->lineEdit()->setPlaceholderText(nothing);
    const QString text = m_list->currentText();
    const QSignalBlocker quiet(m_list);
    m_names->setStringList(names);
    m_list->clear();
    if (!spec().required) {
        m_list->addItem(nothing, QString());
        m_list->setItemData(0, Theme::of(this).tokens().dim, Qt::ForegroundRole);
    }
    for (const QString& name : names) m_list->addItem(shownText(name), name);
    m_list->setCurrentIndex(m_list->findData(text));
    m_list->setEditText(text);
}

// The whole box opens its list, not only the arrow; keys still type.
bool ColumnField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonRelease && watched == m_list->lineEdit() &&
        static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton && m_list->count() > 0)
        m_list->showPopup();
    return ParamField::eventFilter(watched, event);
}

void ColumnField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_list, stateOf(issues));
}

ColumnsField::ColumnsField(const ParamSpec& spec)
    : ParamField(spec), m_none(new QLabel(this)), m_add(makeAddButton()) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kStep);
    auto* chips = new QWidget;
    m_chips = new FlowLayout(chips);
    layout->addWidget(chips);
    layout->addWidget(m_none);
    m_none->setProperty("role", "caption");
    m_none->setText(emptyText({}));
    m_none->setWordWrap(true);
    m_add->setText(tr("Add column"));
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, &ColumnsField::openMenu);
}

// A chart without a choice shows all; a sink without a key takes that of the changing rows.
QString ColumnsField::emptyText(const FieldContext& context) const {
    if (spec().required) return tr("Choose a column");
    if (context.kind == nullptr || context.kind->group != NodeGroup::Sink) return tr("None");
    if (context.kind->chart) return tr("All columns");
    if (!isKey(spec()) || context.input.key.empty()) return tr("None");
    return tr("The key of the rows: %1").arg(shownText(keyOf(context.input).join(QStringLiteral(", "))));
}

QStringList ColumnsField::left() const {
    QStringList names;
    for (const Field& field : m_columns.fields) {
        const QString name = QString::fromStdString(field.name);
        if (!m_names.contains(name) && typeFits(field.type, spec().columnTypes)) names << name;
    }
    return names;
}

void ColumnsField::openMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString& name : left()) {
        QAction* action = menu->addAction(labelText(name));
        connect(action, &QAction::triggered, this, [this, name] {
            m_names << name;
            rebuild();
            notifyEdited();
        });
    }
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

void ColumnsField::setValue(const Json& value) {
    QStringList names;
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    if (shown.is_array()) {
        for (const Json& name : shown) {
            if (name.is_string()) names << QString::fromStdString(name.get<std::string>());
        }
    }
    if (names == m_names) return;
    m_names = names;
    rebuild();
}

void ColumnsField::setContext(const FieldContext& context) {
    m_none->setText(emptyText(context));
    if (m_columns == context.columns) return;
    m_columns = context.columns;
    rebuild();
}

void ColumnsField::setIssues(const std::vector<Issue>& issues) {
    m_issues = issues;
    rebuild();
}

void ColumnsField::rebuild() {
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        // Later: one of them may be the chip whose cross led here.
        item->widget()->deleteLater();
        delete item;
    }
    for (qsizetype i = 0; i < m_names.size(); ++i) {
        auto* chip = new Chip(m_names[i]);
        chip->setMono(true);
        if (isKey(spec())) chip->setIcon(QStringLiteral("key"));
        chip->setRemovable(true);
        if (const auto column = m_columns.find(m_names[i].toStdString())) {
            chip->setDetail(
                QString::fromStdString(toString(m_columns.fields[static_cast<std::size_t>(*column)].type)));
        }
        for (const Issue& issue : m_issues) {
            if (issue.item == static_cast<int>(i))
                chip->setTone(issue.severity == Severity::Error ? Chip::Tone::Error : Chip::Tone::Warn);
        }
        connect(chip, &Chip::removeRequested, this, [this, i] {
            m_names.removeAt(i);
            rebuild();
            notifyEdited();
        });
        m_chips->addWidget(chip);
        chip->show();
    }
    m_none->setVisible(m_names.isEmpty());
    m_add->setEnabled(!left().isEmpty());
}

void ColumnsField::notifyEdited() {
    if (m_names.isEmpty() && !spec().required) return Q_EMIT edited(nullptr);
    Json list = Json::array();
    for (const QString& name : m_names) list.push_back(name.toStdString());
    Q_EMIT edited(list);
}

}  // namespace rw::ui
