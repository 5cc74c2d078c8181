// The form of the pipeline, and what a person sees and types there.
#pragma once
#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QtTest>
#include <algorithm>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/pipeline_form.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

class PipelineFormFixture {
 public:
    PipelineFormFixture() {
        form.show();
        form.activateWindow();
    }
    QLineEdit& limit() const { return *form.findChild<QLineEdit*>(QStringLiteral("input_memory_limit")); }
    void type(const QString& text) const {
        limit().setFocus();
        limit().selectAll();
        if (text.isEmpty()) QTest::keyClick(&limit(), Qt::Key_Delete);
        QTest::keyClicks(&limit(), text);
        QTest::keyClick(&limit(), Qt::Key_Return);
    }
    QLineEdit& input(const char* name) const {
        auto* field = form.findChild<QLineEdit*>(QStringLiteral("input_") + QLatin1String(name));
        if (field == nullptr) qFatal("no field %s", name);
        return *field;
    }
    QComboBox& restartKind() const { return *form.findChild<QComboBox*>(QStringLiteral("input_restart")); }
    void chooseRestart(const QString& words) const {
        QComboBox& list = restartKind();
        list.setCurrentText(words);
        if (list.currentText() != words) qFatal("no such choice");
        Q_EMIT list.activated(list.currentIndex());
    }
    Json restart() const {
        const Settings& settings = document.pipeline().settings;
        const auto found = settings.unknown.find("restart");
        return found == settings.unknown.end() ? Json() : *found;
    }
    void setRestart(const Json& value) {
        Settings settings = document.pipeline().settings;
        settings.unknown["restart"] = value;
        document.setSettings(settings);
    }
    /// The rows of the parts that are there.
    QStringList restartParts() const {
        QStringList parts;
        for (const char* name : {"restart_first", "restart_longest", "restart_tries", "restart_calm"}) {
            if (input(name).isVisibleTo(&form)) parts << QLatin1String(name);
        }
        return parts;
    }
    /// Those that are marked.
    QStringList wrongRestarts() const {
        QStringList wrong;
        const QString error = QStringLiteral("error");
        if (restartKind().property("state").toString() == error) wrong << QStringLiteral("restart");
        for (const char* name : {"restart_first", "restart_longest", "restart_tries", "restart_calm"}) {
            if (input(name).property("state").toString() == error) wrong << QLatin1String(name);
        }
        return wrong;
    }
    /// The texts under the fields.
    QStringList hints() const {
        QStringList words;
        for (const HintBox* box : form.findChildren<HintBox*>()) {
            if (!box->isVisibleTo(&form)) continue;
            QStringList lines;
            for (const QLabel* label : box->findChildren<QLabel*>()) lines << label->text();
            words << lines.join(u' ');
        }
        return words;
    }
    std::string set() const { return document.pipeline().settings.memoryLimit; }
    /// Of the memory limit.
    const HintBox& hint() const { return *limit().parentWidget()->parentWidget()->findChild<HintBox*>(); }
    std::vector<QLineEdit*> names() const { return shown("variableName"); }
    std::vector<QLineEdit*> values() const { return shown("variableValue"); }
    QAbstractButton& addVariable() const {
        return *form.findChild<QAbstractButton*>(QStringLiteral("addVariable"));
    }
    const std::vector<Variable>& variables() const { return document.pipeline().variables; }

    Catalogue kinds = builtin();
    PipelineDocument document{kinds};
    PipelineForm form{document};

 private:
    /// From above to below.
    std::vector<QLineEdit*> shown(const char* name) const {
        QCoreApplication::processEvents();  // a line that was added has its place
        std::vector<QLineEdit*> edits;
        for (QLineEdit* edit : form.findChildren<QLineEdit*>(QLatin1String(name))) {
            if (edit->isVisibleTo(&form)) edits.push_back(edit);
        }
        std::sort(edits.begin(), edits.end(), [this](QLineEdit* a, QLineEdit* b) {
            return a->mapTo(&form, QPoint()).y() < b->mapTo(&form, QPoint()).y();
        });
        return edits;
    }
};

inline void typeIntoField(QLineEdit& field, const QString& text) {
    field.setFocus();
    field.selectAll();
    if (text.isEmpty()) QTest::keyClick(&field, Qt::Key_Delete);
    QTest::keyClicks(&field, text);
    QTest::keyClick(&field, Qt::Key_Return);
}

}  // namespace rw::ui
