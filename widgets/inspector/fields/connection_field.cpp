#include "widgets/inspector/fields/connection_field.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <utility>

#include "core/pipeline/checks/connection_check.h"

namespace rw::ui {

ConnectionField::ConnectionField(const ParamSpec& spec) : ParamField(spec), m_list(new QComboBox) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    m_list->setEditable(true);
    m_list->setInsertPolicy(QComboBox::NoInsert);
    m_list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_list->setMinimumContentsLength(6);  // a longer name scrolls in the field
    m_list->lineEdit()->setPlaceholderText(emptyText());
    setFocusProxy(m_list);
    connect(m_list, &QComboBox::activated, this, &ConnectionField::notifyEdited);
    connect(m_list->lineEdit(), &QLineEdit::editingFinished, &m_whileWhole, [this] { notifyEdited(); });
}

QString ConnectionField::emptyText() const {
    return spec().required ? tr("Choose a connection") : tr("None");
}

bool ConnectionField::showSeveral() {
    m_several = true;
    m_list->lineEdit()->setPlaceholderText(severalValues());
    m_list->setCurrentIndex(-1);
    m_list->setEditText({});
    return true;
}

void ConnectionField::notifyEdited() {
    const QString name = m_list->currentText().trimmed();
    if (name.isEmpty() && m_several) return;
    if (name.isEmpty()) return Q_EMIT edited(nullptr);
    Q_EMIT edited(name.toStdString());
}

void ConnectionField::setValue(const Json& value) {
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    const QString name = shown.is_string() ? QString::fromStdString(shown.get<std::string>()) : QString();
    if (std::exchange(m_several, false)) m_list->lineEdit()->setPlaceholderText(emptyText());
    if (m_list->currentText() == name) return;
    m_list->setCurrentIndex(m_list->findText(name));
    m_list->setEditText(name);
}

void ConnectionField::setContext(const FieldContext& context) {
    QStringList names, listed;
    for (int row = 0; row < m_list->count(); ++row) listed << m_list->itemText(row);
    if (context.connections) {
        for (const KnownConnection& each : context.connections->connections) {
            if (connectionFits(spec(), each.kind)) names << QString::fromStdString(each.name);
        }
    }
    if (names == listed) return;  // an open list stays as it is
    const QString name = m_list->currentText();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    m_list->addItems(names);
    m_list->setCurrentIndex(m_list->findText(name));
    m_list->setEditText(name);
}

void ConnectionField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_list, stateOf(issues));
}

}  // namespace rw::ui
