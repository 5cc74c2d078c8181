#include "widgets/connections/connection_form.h"

#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/connect/connections/usable_connection.h"
#include "widgets/document/translated.h"
#include "widgets/secrets/token_field.h"
#include "widgets/theme/form_row.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kConnectionFormWidth = 300, kHeaderLines = 3;
constexpr const char* kKeyPassphraseSecret = "key_passphrase";

QString nameOf(const std::string& text) {
    return QString::fromStdString(text);
}

/// Code stands between backticks in a declaration, for the pages of the help.
QString plainHelp(const Text& help) {
    return QString::fromStdString(withoutCodeMarks(translated(help).toStdString()));
}

std::string textIn(const QWidget& editor) {
    if (const auto* line = qobject_cast<const QLineEdit*>(&editor))
        return line->text().trimmed().toStdString();
    if (const auto* list = qobject_cast<const QComboBox*>(&editor))
        return list->currentData().toString().toStdString();
    if (const auto* lines = qobject_cast<const QPlainTextEdit*>(&editor))
        return lines->toPlainText().trimmed().toStdString();
    return {};
}

/// Keeps the cursor where the text is the same.
void putText(QWidget& editor, const std::string& text) {
    if (textIn(editor) == text) return;
    if (auto* line = qobject_cast<QLineEdit*>(&editor)) line->setText(nameOf(text));
    if (auto* lines = qobject_cast<QPlainTextEdit*>(&editor)) lines->setPlainText(nameOf(text));
    if (auto* list = qobject_cast<QComboBox*>(&editor)) {
        const QString value = nameOf(text);
        if (list->findData(value) < 0) list->addItem(value, value);  // a newer version wrote it
        list->setCurrentIndex(list->findData(value));
    }
}

QVBoxLayout* columnOf(QWidget* owner) {
    auto* column = new QVBoxLayout(owner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kListPadding);
    return column;
}

}  // namespace

ConnectionForm::ConnectionForm(const SecretStore& secrets, QWidget* parent)
    : QScrollArea(parent), m_secrets(secrets), m_name(new QLineEdit), m_state(new QLabel) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_name->setObjectName(QStringLiteral("connection_name"));
    m_state->setObjectName(QStringLiteral("connection_state"));
    m_state->setProperty("role", "caption");
    m_state->setWordWrap(true);
    auto* inside = new QWidget;
    m_column = columnOf(inside);
    m_column->setContentsMargins(0, 0, metrics::kListPadding, 0);
    m_nameRow = new FormRow(m_name);
    m_column->addWidget(m_nameRow);
    m_column->addWidget(m_state);
    m_column->addStretch(1);
    setWidget(inside);
    connect(m_name, &QLineEdit::textEdited, this, &ConnectionForm::touch);
    connect(m_name, &QLineEdit::editingFinished, &m_whileWhole, [this] { tellIfGood(); });
    retranslate();
}

const ConnectionForm::KindFields* ConnectionForm::shownFields() const {
    const auto found = m_fields.find(m_connection.kind);
    return found == m_fields.end() ? nullptr : &found->second;
}

void ConnectionForm::buildFields(const ConnectionKind& kind) {
    KindFields& fields = m_fields[kind.name];
    fields.group = new QWidget;
    auto* column = columnOf(fields.group);
    const auto addRow = [&](const std::string& name, QWidget* whole) {
        auto* row = new FormRow(whole);
        column->addWidget(row);
        fields.rows[name] = row;
    };
    // A password stands beside its user, before the files of TLS, and the passphrase behind its file.
    bool secretsAdded = false;
    const auto addSecrets = [&](bool ofFiles) {
        for (const ConnectionSecretSpec& secret : kind.secrets) {
            if ((secret.name == kKeyPassphraseSecret) != ofFiles) continue;
            TokenField* editor = newSecret(secret);
            fields.secrets.emplace_back(&secret, editor);
            addRow(secret.name, editor);
        }
    };
    for (const ConnectionFieldSpec& field : kind.fields) {
        if (field.type == ConnectionFieldSpec::Type::File && !std::exchange(secretsAdded, true))
            addSecrets(false);
        QWidget* editor = newEditor(field);
        fields.editors.emplace_back(&field, editor);
        auto* line = qobject_cast<QLineEdit*>(editor);
        const bool file = field.type == ConnectionFieldSpec::Type::File && line != nullptr;
        addRow(field.name, file ? withFileButton(*line, field.name) : editor);
    }
    if (!secretsAdded) addSecrets(false);
    addSecrets(true);
    m_column->insertWidget(1, fields.group);
    retranslate(fields);
}

QWidget* ConnectionForm::newEditor(const ConnectionFieldSpec& field) {
    const QString name = QStringLiteral("connection_") + nameOf(field.name);
    if (field.type == ConnectionFieldSpec::Type::Choice) {
        auto* list = new QComboBox;
        list->setObjectName(name);
        for (const Choice& choice : field.choices) list->addItem(QString(), nameOf(choice.value));
        connect(list, &QComboBox::activated, this, [this] {
            touch();
            tellIfGood();
        });
        return list;
    }
    if (field.type == ConnectionFieldSpec::Type::Headers) {
        auto* lines = new QPlainTextEdit;
        lines->setObjectName(name);
        lines->setProperty("mono", true);
        lines->setTabChangesFocus(true);
        lines->setLineWrapMode(QPlainTextEdit::NoWrap);
        lines->setPlaceholderText(nameOf(field.example));
        lines->installEventFilter(this);
        connect(lines, &QPlainTextEdit::textChanged, this, &ConnectionForm::refresh);
        return lines;
    }
    auto* line = new QLineEdit;
    line->setObjectName(name);
    line->setPlaceholderText(nameOf(field.example));
    connect(line, &QLineEdit::textEdited, this, &ConnectionForm::touch);
    connect(line, &QLineEdit::editingFinished, &m_whileWhole, [this] { tellIfGood(); });
    return line;
}

QWidget* ConnectionForm::withFileButton(QLineEdit& line, const std::string& name) {
    auto* whole = new QWidget;
    auto* row = new QHBoxLayout(whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    auto* choose = new IconButton(QStringLiteral("folder-open"), tr("Choose a file"));
    choose->setObjectName(QStringLiteral("choose_") + nameOf(name));
    row->addWidget(&line, 1);
    row->addWidget(choose);
    whole->setFocusProxy(&line);
    connect(choose, &QToolButton::clicked, this, [this, &line] { chooseFile(line); });
    return whole;
}

TokenField* ConnectionForm::newSecret(const ConnectionSecretSpec& secret) {
    auto* field = new TokenField(m_secrets, TokenField::Noun::Secret);
    field->setObjectName(QStringLiteral("secret_") + nameOf(secret.name));
    connect(field, &TokenField::typed, this, &ConnectionForm::touch);
    connect(field, &TokenField::left, this, &ConnectionForm::tellIfGood);
    connect(field, &TokenField::stored, this,
            [this, name = nameOf(secret.name)](const QString& connection, const QString& entry) {
                Q_EMIT secretStored(connection, name, entry);
                tellIfGood();
            });
    connect(field, &TokenField::notStored, this, &ConnectionForm::secretNotStored);
    connect(field, &TokenField::settled, this, &ConnectionForm::settled);
    return field;
}

bool ConnectionForm::isStoring() const {
    return std::any_of(m_fields.begin(), m_fields.end(), [](const auto& fields) {
        const auto& secrets = fields.second.secrets;
        return std::any_of(secrets.begin(), secrets.end(),
                           [](const auto& each) { return each.second->isStoring(); });
    });
}

void ConnectionForm::chooseFile(QLineEdit& line) {
    auto* dialog = new QFileDialog(this, tr("Choose a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &line, [this, &line](const QString& path) {
        line.setText(path);
        touch();
        tellIfGood();
    });
    dialog->open();
}

void ConnectionForm::touch() {
    m_touched = true;
    refresh();
}

void ConnectionForm::setConnection(const Connection& connection, const QStringList& others, bool isNew) {
    m_others = others;
    if (m_isNew != isNew || m_connection.name.empty()) m_touched = false;
    m_isNew = isNew;
    if (!(connection == m_connection)) {
        const bool another = connection.name != m_connection.name || connection.kind != m_connection.kind;
        m_connection = connection;
        if (another) m_touched = false;
        fill();
        if (another) verticalScrollBar()->setValue(0);
    }
    refresh();
}

void ConnectionForm::fill() {
    const ConnectionKind* const kind = connectionKind(m_connection.kind);
    if (kind != nullptr && shownFields() == nullptr) buildFields(*kind);
    putText(*m_name, m_connection.name);
    for (const auto& [name, fields] : m_fields) fields.group->setVisible(name == m_connection.kind);
    const KindFields* const fields = shownFields();
    if (fields == nullptr) return;
    for (const auto& [field, editor] : fields->editors) {
        const QSignalBlocker quiet(editor);
        putText(*editor, fieldOf(m_connection, field->name));
    }
    const QString owner = nameOf(m_connection.name);
    for (const auto& [secret, editor] : fields->secrets) {
        const auto found = m_connection.secrets.find(secret->name);
        const SecretRef place = found == m_connection.secrets.end() ? SecretRef() : found->second;
        if (!(editor->token() == place) || !editor->isFor(owner)) editor->setToken(place, owner);
    }
}

Connection ConnectionForm::typed() const {
    Connection now = m_connection;
    now.name = textIn(*m_name);
    const KindFields* const fields = shownFields();
    if (fields == nullptr) return now;
    for (const auto& [field, editor] : fields->editors) {
        const std::string value = textIn(*editor);
        // What is declared need not be written; what was written stays.
        const bool written = m_connection.fields.count(field->name) > 0;
        if (value.empty() || (value == field->otherwise && !written)) {
            now.fields.erase(field->name);
        } else {
            now.fields[field->name] = value;
        }
    }
    for (const auto& [secret, editor] : fields->secrets) {
        const SecretRef place = editor->token();
        if (place.kind == SecretRef::Kind::None) {
            now.secrets.erase(secret->name);
        } else {
            now.secrets[secret->name] = place;
        }
    }
    return now;
}

Status ConnectionForm::problemOf(const Connection& connection) const {
    RW_TRY(usableConnection(connection));
    if (!m_others.contains(nameOf(connection.name))) return {};
    Error error{ErrorCode::Invalid,
                RW_TEXT("connections", "Another connection has the name “%1” already.").with(connection.name),
                RW_TEXT("connections", "Choose another name.")};
    error.param = "name";
    return Status(std::move(error));
}

std::optional<Connection> ConnectionForm::usable() const {
    Connection now = typed();
    if (!problemOf(now).ok()) return std::nullopt;
    return now;
}

void ConnectionForm::refresh() {
    const KindFields* const fields = shownFields();
    if (fields == nullptr) return;
    const Connection now = typed();
    const Status problem = problemOf(now);
    const bool tells = !problem.ok() && (!m_isNew || m_touched);
    const auto mark = [&](const std::string& name, FormRow& row) {
        if (tells && problem.error().param == name) {
            row.setProblem(translated(problem.error().message), translated(problem.error().fix));
        } else {
            row.setProblem({});
        }
    };
    mark("name", *m_nameRow);
    for (const auto& [name, row] : fields->rows) mark(name, *row);
    for (const auto& [field, editor] : fields->editors)
        fields->rows.at(field->name)->setVisible(appliesTo(now, field->appliesWhen));
    for (const auto& [secret, editor] : fields->secrets)
        fields->rows.at(secret->name)->setVisible(appliesTo(now, secret->appliesWhen));
    m_state->setText(!problem.ok() && !tells           ? tr("Saved as soon as what is needed is filled in.")
                     : !problem.ok()                   ? tr("Not saved: what is wrong stands above.")
                     : now == m_connection && !m_isNew ? tr("Saved.")
                                                       : tr("Saved as soon as you leave the field."));
    Q_EMIT typedChanged();
}

void ConnectionForm::tellIfGood() {
    refresh();
    const Connection now = typed();
    if ((now == m_connection && !m_isNew) || !problemOf(now).ok()) return;
    Q_EMIT edited(now);
}

void ConnectionForm::leaveField() {
    QWidget* field = QApplication::focusWidget();
    if (field != nullptr && isAncestorOf(field)) field->clearFocus();
}

void ConnectionForm::focusName() {
    m_name->setFocus();
    m_name->selectAll();
}

void ConnectionForm::mend(const std::string& name) {
    const KindFields* const fields = shownFields();
    if (fields == nullptr) return;
    const auto row = fields->rows.find(name);
    if (row == fields->rows.end()) return;
    ensureWidgetVisible(row->second);
    for (const auto& [secret, editor] : fields->secrets) {
        if (secret->name == name) editor->setFocus(Qt::ShortcutFocusReason);
    }
    for (const auto& [field, editor] : fields->editors) {
        if (field->name != name) continue;
        editor->setFocus(Qt::ShortcutFocusReason);
        auto* const line = qobject_cast<QLineEdit*>(editor);
        if (field->type == ConnectionFieldSpec::Type::File && line != nullptr) chooseFile(*line);
    }
}

bool ConnectionForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut && qobject_cast<QPlainTextEdit*>(watched) != nullptr) {
        m_touched = true;
        tellIfGood();
    }
    return QScrollArea::eventFilter(watched, event);
}

void ConnectionForm::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ConnectionForm::retranslate() {
    m_nameRow->setWords(tr("Name"), tr("Pipelines refer to the connection by it."));
    for (const auto& [name, fields] : m_fields) retranslate(fields);
    widget()->setMinimumWidth(Theme::of(this).scaled(kConnectionFormWidth));
    refresh();
}

void ConnectionForm::retranslate(const KindFields& fields) {
    for (const auto& [field, editor] : fields.editors) {
        fields.rows.at(field->name)->setWords(translated(field->label), plainHelp(field->help));
        if (auto* list = qobject_cast<QComboBox*>(editor)) {
            for (std::size_t i = 0; i < field->choices.size(); ++i)
                list->setItemText(static_cast<int>(i), translated(field->choices[i].label));
        }
        if (auto* lines = qobject_cast<QPlainTextEdit*>(editor))
            lines->setFixedHeight(lines->fontMetrics().lineSpacing() * kHeaderLines + 2 * metrics::kGrid);
    }
    for (const auto& [secret, editor] : fields.secrets) {
        fields.rows.at(secret->name)->setWords(translated(secret->label), plainHelp(secret->help));
        editor->retranslate();
    }
    for (auto* choose : fields.group->findChildren<IconButton*>()) choose->setLabel(tr("Choose a file"));
}

}  // namespace rw::ui
