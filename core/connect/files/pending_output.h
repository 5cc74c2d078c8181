// Text that waits for a checkpoint: in memory, and beyond a limit in a file beside the output.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/output_files.h"
#include "core/connect/files/file_tail.h"
#include "core/data/state_reader.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// Text goes into open(), seal() makes an epoch of it, forEach() gives all that was sealed until drop() says
/// that it is in place. The file is `.NAME.rill-rows` beside the output while it is written, and
/// `.NAME.rill-rows-N` from epoch N's seal() on, when it outlives a loss of power; where there is one of that
/// name, N is the next number that is free. Single-threaded; errors
/// are those of the files.
class PendingOutput {
 public:
    /// `target`: of the output, as OutputFiles::target() gives it. `most`: bytes in memory.
    PendingOutput(std::shared_ptr<OutputFiles> files, std::string target, std::size_t most)
        : m_files(std::move(files)), m_target(std::move(target)), m_most(most) {}

    /// Append here, then call spillIfLarge().
    std::string& open() { return m_open; }
    Status spillIfLarge();
    Status seal(Epoch epoch);
    /// Gives up the text that was not sealed.
    void giveUp();

    std::uint64_t size() const;  ///< bytes that were sealed
    /// Whether no file is missing that has some of it.
    bool areThere() const;
    /// The sealed text, from byte `from` on, in pieces. The error of `body` ends it.
    Status forEach(std::uint64_t from, const std::function<Status(std::string_view piece)>& body) const;
    /// The sealed text is in place: removes its files.
    void drop();
    /// The sealed text, with its files beside another output.
    PendingOutput sealedBeside(std::string target) const;
    /// The sealed text is in place elsewhere: files of the same names here are others'.
    void forget() { m_sealed.clear(); }
    /// The tail of the output as it is with all that was sealed; set it where the output had bytes before.
    const FileTail& tail() const { return m_sealedTail; }
    void setTail(FileTail tail);

    /// Writes the sealed text into a checkpoint: as text, or as the name of its file. load() before any other.
    void save(StateWriter& out) const;
    Status load(const StateReader& state);

    /// The numbers of those that are in files.
    std::vector<Epoch> inFiles() const;

    // Remove the files that a killed run has left: those that it had not sealed, and these epochs but for
    // some, with those that follow them without a gap.
    static void clearOpen(OutputFiles& files, const std::string& target);
    static void clearSealed(OutputFiles& files, const std::string& target, Epoch first, Epoch last,
                            const std::vector<Epoch>& but = {});

 private:
    struct Piece {
        std::string text{};
        Epoch inFile = 0;  ///< the number in the name of its file; 0: it is in memory
        std::uint64_t size = 0;
    };
    Status spill();
    Status readFile(const Piece& piece, std::uint64_t from,
                    const std::function<Status(std::string_view)>& body) const;

    const std::shared_ptr<OutputFiles> m_files;
    const std::string m_target;
    const std::size_t m_most;
    std::string m_open;
    std::unique_ptr<OutputFile> m_spilled;  ///< null: all that is open is in memory
    std::uint64_t m_spilledSize = 0;
    FileTail m_openTail, m_sealedTail;
    std::vector<Piece> m_sealed;
};

/// Until all of it was taken.
Status writeAll(OutputFile& file, std::string_view text);

}  // namespace rw
