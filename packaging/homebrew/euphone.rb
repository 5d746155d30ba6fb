# For Linux and macOS with Homebrew. No release has an address yet, so it is installed from a checkout or an archive of its own:
#   EUPHONE_SOURCE=file:///path/to/euphone brew install --HEAD packaging/homebrew/euphone.rb
class Euphone < Formula
  desc "Pronunciation coach that lives on the learner's own device"
  homepage ENV.fetch("EUPHONE_SOURCE", "https://euphone.invalid")
  license "Apache-2.0"
  head ENV.fetch("EUPHONE_SOURCE", "https://euphone.invalid"), using: :git, branch: "main"

  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "node" => :build
  depends_on "nlohmann-json" => :build
  depends_on "pkgconf" => :build
  depends_on "protozero" => :build
  depends_on "python@3.13" => :build
  depends_on "boost"
  depends_on "cairo"
  depends_on "cnats"
  depends_on "flite"
  depends_on "fmt"
  depends_on "libarchive"
  depends_on "libedit"
  depends_on "libpq"
  depends_on "libsndfile"
  depends_on "libsodium"
  depends_on "libsoxr"
  depends_on "mpg123"
  depends_on "ncurses"
  depends_on "onnxruntime"
  depends_on "openssl@3"
  depends_on "opus"
  depends_on "portaudio"
  depends_on "pugixml"
  depends_on "sound-touch"
  depends_on "utf8proc"
  depends_on "zstd"
  # kissfft has no formula: a tap of your own brings it.
  depends_on "kissfft"

  def install
    args = %W[
      -DEUPHONE_DEVELOPER=OFF
      -DEUPHONE_DEPS_DIR=#{buildpath}/build/deps
      -DPython3_ROOT_DIR=#{Formula["python@3.13"].opt_prefix}
    ]
    ENV["ONNXRUNTIME_ROOT"] = Formula["onnxruntime"].opt_prefix
    system "cmake", "-S", ".", "-B", "build/brew", "-G", "Ninja", *args, *std_cmake_args
    system "cmake", "--build", "build/brew", "--target", "euphone_cli", "euphone_data", "euphone_manual"
    system "cmake", "--install", "build/brew", "--component", "program"
  end

  service do
    run [opt_bin/"euphone", "serve"]
    keep_alive true
    log_path var/"log/euphone.log"
    error_log_path var/"log/euphone.log"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/euphone --version") if build.stable?
    assert_match "en-us-standard", shell_output("#{bin}/euphone models")
  end
end
