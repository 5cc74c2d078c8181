#include "widgets/clusters/target_form.h"

#include <QApplication>
#include <QCheckBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>
#include <variant>

#include "core/cluster/engine_backend.h"
#include "widgets/clusters/connection_test.h"
#include "widgets/document/translated.h"
#include "widgets/secrets/token_field.h"
#include "widgets/theme/form_row.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kFormWidth = 300, kOptionLines = 4;

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

std::string entered(const QLineEdit* edit) {
    return edit->text().trimmed().toStdString();
}

/// Keeps the cursor where the text is the same.
void putIn(QLineEdit* edit, const std::string& text) {
    if (entered(edit) != text) edit->setText(shown(text));
}

std::vector<std::string> linesIn(const QPlainTextEdit& edit) {
    std::vector<std::string> lines;
    for (const QString& line : edit.toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (!line.trimmed().isEmpty()) lines.push_back(line.trimmed().toStdString());
    }
    return lines;
}

/// Puts the value that a target has for a field into its widget.
class FieldFiller {
 public:
    FieldFiller(const Target& target, QWidget& editor) : m_target(target), m_editor(editor) {}

    void operator()(TargetField::Line line) const {
        putIn(qobject_cast<QLineEdit*>(&m_editor), fieldValue(m_target, line));
    }
    void operator()(TargetField::Lines lines) const {
        auto* const edit = qobject_cast<QPlainTextEdit*>(&m_editor);
        const std::vector<std::string> value = fieldValue(m_target, lines);
        QStringList texts;
        for (const std::string& each : value) texts << shown(each);
        if (linesIn(*edit) != value) edit->setPlainText(texts.join(QLatin1Char('\n')));
    }
    void operator()(TargetField::Switch on) const {
        qobject_cast<QCheckBox*>(&m_editor)->setChecked(fieldValue(m_target, on));
    }
    void operator()(TargetField::Token token) const {
        auto* const field = qobject_cast<TokenField*>(&m_editor);
        const SecretRef value = fieldValue(m_target, token);
        if (field->token() != value || !field->isFor(shown(m_target.name)))
            field->setToken(value, shown(m_target.name));
    }

 private:
    const Target& m_target;
    QWidget& m_editor;
};

/// Takes the text of a field's widget into a target.
class FieldTaker {
 public:
    FieldTaker(const QWidget& editor, Target& target) : m_editor(editor), m_target(target) {}

    void operator()(TargetField::Line line) const {
        line(m_target) = entered(qobject_cast<const QLineEdit*>(&m_editor));
    }
    void operator()(TargetField::Lines lines) const {
        lines(m_target) = linesIn(*qobject_cast<const QPlainTextEdit*>(&m_editor));
    }
    void operator()(TargetField::Switch on) const {
        on(m_target) = qobject_cast<const QCheckBox*>(&m_editor)->isChecked();
    }
    void operator()(TargetField::Token token) const {
        token(m_target) = qobject_cast<const TokenField*>(&m_editor)->token();
    }

 private:
    const QWidget& m_editor;
    Target& m_target;
};

QVBoxLayout* columnIn(QWidget* owner) {
    auto* column = new QVBoxLayout(owner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kListPadding);
    return column;
}

}  // namespace

TargetForm::TargetForm(const SecretStore& secrets, QWidget* parent)
    : QScrollArea(parent), m_secrets(secrets), m_state(new QLabel), m_test(new ConnectionTest(secrets.read)) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_state->setProperty("role", "caption");
    m_state->setObjectName(QStringLiteral("target_state"));
    auto* inside = new QWidget;
    auto* column = columnIn(inside);
    column->setContentsMargins(0, 0, metrics::kListPadding, 0);
    m_name = addLine(*column, "name", m_rows);
    for (const Engine engine : kEngines) {
        m_fields.push_back(buildFields(engine));
        column->addWidget(m_fields.back().group);
    }
    m_folder = addLine(*column, "folder", m_rows);
    column->addWidget(m_state);
    column->addStretch(1);
    setWidget(inside);
    retranslate();
}

QLineEdit* TargetForm::addLine(QVBoxLayout& column, const char* param, Rows& rows) {
    auto* edit = new QLineEdit;
    addRow(column, param, edit, rows);
    follow(*edit);
    return edit;
}

void TargetForm::addRow(QVBoxLayout& column, const char* param, QWidget* field, Rows& rows) {
    if (field->objectName().isEmpty()) field->setObjectName(QStringLiteral("target_") + QLatin1String(param));
    auto* row = new FormRow(field);
    column.addWidget(row);
    rows[param] = row;
}

void TargetForm::follow(const QLineEdit& line) {
    connect(&line, &QLineEdit::textEdited, this, &TargetForm::refreshProblem);
    connect(&line, &QLineEdit::editingFinished, &m_whileWhole, [this] { tellIfGood(); });
}

TargetForm::EngineFields TargetForm::buildFields(Engine engine) {
    EngineFields fields;
    fields.group = new QWidget;
    auto* column = columnIn(fields.group);
    for (const TargetField& field : backendOf(engine).fields())
        fields.editors.emplace_back(&field, addField(*column, field, fields));
    return fields;
}

QWidget* TargetForm::addField(QVBoxLayout& column, const TargetField& field, EngineFields& fields) {
    if (std::holds_alternative<TargetField::Line>(field.place))
        return field.isFile ? addFileLine(column, field, fields) : addLine(column, field.name, fields.rows);
    QWidget* editor = nullptr;
    if (std::holds_alternative<TargetField::Token>(field.place)) {
        editor = newToken();
    } else if (std::holds_alternative<TargetField::Switch>(field.place)) {
        auto* box = new QCheckBox;
        connect(box, &QCheckBox::clicked, this, &TargetForm::tellIfGood);
        editor = box;
    } else {
        auto* lines = new QPlainTextEdit;
        lines->setProperty("mono", true);
        lines->setTabChangesFocus(true);
        lines->setLineWrapMode(QPlainTextEdit::NoWrap);
        lines->installEventFilter(this);
        connect(lines, &QPlainTextEdit::textChanged, this, &TargetForm::refreshProblem);
        editor = lines;
    }
    addRow(column, field.name, editor, fields.rows);
    return editor;
}

QWidget* TargetForm::addFileLine(QVBoxLayout& column, const TargetField& field, EngineFields& fields) {
    const QLatin1String name(field.name);
    auto* whole = new QWidget;
    auto* line = new QHBoxLayout(whole);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::kStep);
    auto* edit = new QLineEdit;
    edit->setObjectName(QStringLiteral("target_") + name);
    auto* choose = new IconButton(QStringLiteral("folder-open"), {});
    choose->setObjectName(QStringLiteral("choose_") + name);
    line->addWidget(edit, 1);
    line->addWidget(choose);
    whole->setFocusProxy(edit);
    whole->setObjectName(name + QLatin1String("_line"));
    addRow(column, field.name, whole, fields.rows);
    follow(*edit);
    connect(choose, &QToolButton::clicked, this, [this, edit] { chooseFile(*edit); });
    return edit;
}

TokenField* TargetForm::newToken() {
    auto* token = new TokenField(m_secrets);
    connect(token, &TokenField::typed, this, &TargetForm::refreshProblem);
    connect(token, &TokenField::left, this, &TargetForm::tellIfGood);
    connect(token, &TokenField::stored, this, &TargetForm::tokenStored);
    connect(token, &TokenField::notStored, this, &TargetForm::tokenNotStored);
    connect(token, &TokenField::settled, this, &TargetForm::settled);
    return token;
}

TokenField* TargetForm::token() const {
    for (const auto& [field, editor] : fieldsOf(m_target.engine).editors) {
        if (auto* token = qobject_cast<TokenField*>(editor)) return token;
    }
    return nullptr;
}

bool TargetForm::isStoring() const {
    return std::any_of(m_fields.begin(), m_fields.end(), [](const EngineFields& fields) {
        return std::any_of(fields.editors.begin(), fields.editors.end(), [](const auto& each) {
            const auto* token = qobject_cast<const TokenField*>(each.second);
            return token != nullptr && token->isStoring();
        });
    });
}

void TargetForm::chooseFile(QLineEdit& line) {
    auto* dialog = new QFileDialog(this, tr("Choose the certificates"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &line, [this, &line](const QString& path) {
        line.setText(path);
        tellIfGood();
    });
    dialog->open();
}

void TargetForm::setTarget(const Target& target, const QStringList& others) {
    m_others = others;
    Target withToken = m_target, given = target;
    SecretRef *const kept = tokenOf(withToken), *const now = tokenOf(given);
    if (kept != nullptr && now != nullptr) *kept = *now;
    if (target == m_target) {
        // As it was told, or still unfinished.
    } else if (target == withToken) {
        m_target = target;
        token()->setToken(*now, shown(target.name));
    } else {
        m_target = target;
        fill();
    }
    refreshProblem();
}

void TargetForm::fill() {
    putIn(m_name, m_target.name);
    putIn(m_folder, m_target.folder);
    for (const Engine engine : kEngines) fieldsOf(engine).group->setVisible(engine == m_target.engine);
    for (const auto& [field, editor] : fieldsOf(m_target.engine).editors)
        std::visit(FieldFiller(m_target, *editor), field->place);
}

Target TargetForm::typed() const {
    Target target = m_target;
    target.name = entered(m_name);
    target.folder = entered(m_folder);
    for (const auto& [field, editor] : fieldsOf(target.engine).editors)
        std::visit(FieldTaker(*editor, target), field->place);
    return target;
}

Status TargetForm::problemOf(const Target& target) const {
    RW_TRY(usableTarget(target));
    if (!m_others.contains(shown(target.name))) return {};
    Error error{ErrorCode::Invalid,
                RW_TEXT("cluster", "Another target has the name “%1” already.").with(target.name),
                RW_TEXT("cluster", "Choose another name.")};
    error.param = "name";
    return Status(std::move(error));
}

void TargetForm::refreshProblem() {
    const Target now = typed();
    const Status problem = problemOf(now);
    for (const Rows* rows : std::initializer_list<const Rows*>{&m_rows, &fieldsOf(now.engine).rows}) {
        for (const auto& [name, row] : *rows) {
            if (!problem.ok() && problem.error().param == name) {
                row->setProblem(translated(problem.error().message), translated(problem.error().fix));
            } else {
                row->setProblem({});
            }
        }
    }
    m_state->setText(!problem.ok()     ? tr("Not saved: what is wrong stands above.")
                     : now == m_target ? tr("Saved.")
                                       : tr("Saved as soon as you leave the field."));
    m_test->setTarget(problem.ok() ? std::optional(now) : std::nullopt);
}

void TargetForm::tellIfGood() {
    refreshProblem();
    const Target now = typed();
    if (now == m_target || !problemOf(now).ok()) return;
    Q_EMIT edited(now);
}

void TargetForm::leaveField() {
    QWidget* field = QApplication::focusWidget();
    if (field != nullptr && isAncestorOf(field)) field->clearFocus();
}

void TargetForm::focusName() {
    m_name->setFocus();
    m_name->selectAll();
}

bool TargetForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut && qobject_cast<QPlainTextEdit*>(watched) != nullptr) tellIfGood();
    return QScrollArea::eventFilter(watched, event);
}

void TargetForm::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void TargetForm::retranslate() {
    m_rows.at("name")->setWords(tr("Name"), {});
    m_rows.at("folder")->setWords(
        tr("Folder of the data"),
        tr("Where relative paths of a pipeline start as the cluster sees them: /mnt/data, s3://bucket/in. "
           "Empty: the pipeline's own folder, for a cluster on this computer."));
    for (const EngineFields& fields : m_fields) {
        for (const auto& [field, editor] : fields.editors) {
            fields.rows.at(field->name)->setWords(translated(field->label), translated(field->help));
            if (auto* token = qobject_cast<TokenField*>(editor)) token->retranslate();
            if (auto* box = qobject_cast<QCheckBox*>(editor)) {
                box->setText(translated(field->words));
                box->setAccessibleName(box->text());
            }
            if (auto* lines = qobject_cast<QPlainTextEdit*>(editor))
                lines->setFixedHeight(lines->fontMetrics().lineSpacing() * kOptionLines + 2 * metrics::kGrid);
        }
    }
    for (auto* choose : findChildren<IconButton*>(QRegularExpression(QStringLiteral("^choose_"))))
        choose->setLabel(tr("Choose a file"));
    widget()->setMinimumWidth(Theme::of(this).scaled(kFormWidth));
    refreshProblem();
}

}  // namespace rw::ui
