#include "app/cli/model_command.h"

#include <QFile>

#include "app/cli/load.h"
#include "app/cli/output.h"

namespace rw::cli {

ModelCommands::ModelCommands(CLI::App& app)
    : m_all(app.add_subcommand("model", "trained models, for the node “score”")),
      m_script(m_all->add_subcommand(
          "script", "print export_model.py, which writes models of scikit-learn, XGBoost and LightGBM")) {
    m_all->require_subcommand(1);
}

std::optional<int> ModelCommands::run() {
    if (m_script->parsed()) return modelScript();
    return std::nullopt;
}

int modelScript() {
    QFile script(QStringLiteral(":/help/export_model.py"));
    if (!script.open(QIODevice::ReadOnly)) {
        printMessage("error", "The program does not have the script. Install it again.");
        return 1;
    }
    const Status written = writeOut(script.readAll().toStdString());
    if (!written.ok()) printMessage("error", english(written.error()));
    return written.ok() ? 0 : 1;
}

}  // namespace rw::cli
