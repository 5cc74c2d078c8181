#include "widgets/inspector/fields/python_field.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/document/translated.h"
#include "widgets/editor/python_edit.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kWindowWidth = 820, kWindowHeight = 620;
}

PythonField::PythonField(const ParamSpec& spec)
    : ParamField(spec),
      m_open(new QPushButton(tr("Open in a window"))),
      m_file(new QLabel),
      m_edit(new PythonEdit) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    m_file->setWordWrap(true);
    m_file->setProperty("role", "caption");
    m_file->hide();
    column->addWidget(m_file);
    column->addWidget(m_edit);
    setFocusProxy(m_edit);
    m_open->setObjectName(QStringLiteral("openCode"));
    m_open->setProperty("role", "link");
    connect(m_open, &QPushButton::clicked, this, &PythonField::openWindow);
    connect(m_edit, &CodeEdit::edited, this, &PythonField::tell);
}

// The editor in the window shows the document of this one.
PythonField::~PythonField() {
    delete m_window;
}

QWidget* PythonField::headTool() {
    return m_open;
}

void PythonField::tell(const QString& text) {
    if (m_showsFile || text == m_code) return;  // one of two editors told it first
    m_code = text;
    if (text.trimmed().isEmpty()) return Q_EMIT edited(nullptr);
    Q_EMIT edited(text.toStdString());
}

void PythonField::setValue(const Json& value) {
    m_code = value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
    if (!m_showsFile) m_edit->setCode(m_code);
}

void PythonField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_edit, stateOf(issues));
}

void PythonField::showFile(const QString& words, const QString& text) {
    m_showsFile = !words.isEmpty();
    m_file->setText(words);
    m_file->setVisible(m_showsFile);
    m_edit->setReadOnly(m_showsFile);
    if (m_wide) m_wide->setReadOnly(m_showsFile);
    m_edit->setCode(m_showsFile ? text : m_code);
}

void PythonField::setMarks(const std::vector<LineMark>& marks) {
    m_edit->setMarks(marks);
    if (m_wide) m_wide->setMarks(marks);
}

void PythonField::openWindow() {
    if (!m_window) {
        m_window = new QDialog(this);
        m_window->setAttribute(Qt::WA_DeleteOnClose);
        m_window->setObjectName(QStringLiteral("codeWindow"));
        m_window->setWindowTitle(translated(spec().label));
        m_window->setWindowFlag(Qt::WindowMaximizeButtonHint);
        m_wide = new PythonEdit(m_edit->document());
        m_wide->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
        m_wide->setReadOnly(m_edit->isReadOnly());
        m_wide->setMarks(m_edit->marks());
        m_wide->setAccessibleName(translated(spec().label));
        connect(m_wide, &CodeEdit::edited, this, &PythonField::tell);
        auto* column = new QVBoxLayout(m_window);
        column->setContentsMargins(metrics::kGrid, metrics::kGrid, metrics::kGrid, metrics::kGrid);
        column->addWidget(m_wide);
        m_window->resize(Theme::of(this).scaled(kWindowWidth), Theme::of(this).scaled(kWindowHeight));
    }
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
    m_wide->setFocus();
}

}  // namespace rw::ui
