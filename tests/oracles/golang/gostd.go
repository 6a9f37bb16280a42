// Prints the sizes of the standard library's exported types and the values of its integer constants,
// as the table layout/sources/gostd.txt has them. Arguments: packages; none for those of the table.
package main

import (
	"fmt"
	"go/build"
	"go/constant"
	"go/importer"
	"go/token"
	"go/types"
	"os"
	"runtime"
	"sort"
	"strings"
)

var arches = []string{"amd64", "arm64", "386", "arm"}
var systems = []string{"linux", "darwin", "windows"}

var packages = strings.Fields(`sync sync/atomic time bytes strings bufio context errors io io/fs
	container/list container/ring math math/big math/bits math/rand math/rand/v2 math/cmplx unicode
	unicode/utf8 unicode/utf16 strconv sort slices maps iter unique weak hash hash/maphash hash/crc32
	hash/crc64 hash/adler32 hash/fnv encoding encoding/json encoding/binary encoding/hex encoding/base64
	encoding/xml encoding/asn1 go/constant go/scanner text/template/parse encoding/csv encoding/gob encoding/pem regexp reflect fmt log log/slog net/netip net/url
	net/http net/mail net/textproto net/rpc net text/template html/template text/tabwriter text/scanner
	database/sql database/sql/driver crypto crypto/aes crypto/cipher crypto/des crypto/ecdsa
	crypto/ed25519 crypto/ecdh crypto/hmac crypto/md5 crypto/rsa crypto/sha1 crypto/sha256 crypto/sha3
	crypto/sha512 crypto/tls crypto/x509 crypto/x509/pkix compress/gzip compress/flate compress/zlib
	archive/tar archive/zip image image/color go/token go/ast go/types os os/exec runtime testing flag
	expvar mime mime/multipart structs`)

func pointers(sizes types.Sizes, t types.Type, word int64) int64 {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Kind() == types.String || u.Kind() == types.UnsafePointer {
			return word
		}
		return 0
	case *types.Interface:
		return 2 * word
	case *types.Array:
		inner := pointers(sizes, u.Elem(), word)
		if u.Len() == 0 || inner == 0 {
			return 0
		}
		return (u.Len()-1)*sizes.Sizeof(u.Elem()) + inner
	case *types.Struct:
		var fields []*types.Var
		for i := range u.NumFields() {
			fields = append(fields, u.Field(i))
		}
		offsets := sizes.Offsetsof(fields)
		for i := len(fields) - 1; i >= 0; i-- {
			if inner := pointers(sizes, fields[i].Type(), word); inner > 0 {
				return offsets[i] + inner
			}
		}
		return 0
	}
	return word
}

func measure(sizes types.Sizes, t types.Type) string {
	word := sizes.Sizeof(types.Typ[types.Uintptr])
	return fmt.Sprintf("%d/%d/%d", sizes.Sizeof(t), sizes.Alignof(t), pointers(sizes, t, word))
}

// instances measures a generic type with unlike arguments: "" when they differ.
func instances(sizes types.Sizes, t *types.Named) string {
	found := ""
	for _, argument := range []types.Type{types.Typ[types.Int8], types.Typ[types.String],
		types.NewArray(types.Typ[types.Int64], 9)} {
		var arguments []types.Type
		for range t.TypeParams().Len() {
			arguments = append(arguments, argument)
		}
		instance, err := types.Instantiate(nil, t, arguments, true)
		if err != nil {
			continue
		}
		text := measure(sizes, instance)
		if found != "" && found != text {
			return ""
		}
		found = text
	}
	return found
}

func row(sizes types.Sizes, object types.Object) (string, string) {
	path := object.Pkg().Path() + "." + object.Name()
	switch o := object.(type) {
	case *types.Const:
		basic, ok := o.Type().Underlying().(*types.Basic)
		if !ok || o.Val().Kind() != constant.Int || basic.Info()&types.IsInteger == 0 {
			return "", ""
		}
		return "const " + path, basic.Name() + " " + o.Val().ExactString()
	case *types.TypeName:
		if named, ok := o.Type().(*types.Named); ok && named.TypeParams().Len() > 0 {
			return "type " + path + "[]", instances(sizes, named)
		}
		return "type " + path, measure(sizes, o.Type())
	}
	return "", ""
}

func main() {
	wanted := packages
	if len(os.Args) > 1 {
		wanted = os.Args[1:]
	}
	hostTags := build.Default.ToolTags
	values := map[string][]string{} // name -> one per system and architecture
	for _, system := range systems {
		for _, arch := range arches {
			build.Default.GOOS, build.Default.GOARCH, build.Default.CgoEnabled = system, arch, false
			build.Default.ToolTags = nil
			for _, tag := range hostTags {
				// Only 64-bit ports pass arguments in registers (internal/buildcfg, exp.go).
				if !strings.Contains(tag, "regabi") || strings.HasSuffix(arch, "64") {
					build.Default.ToolTags = append(build.Default.ToolTags, tag)
				}
			}
			if system == "darwin" && (arch == "386" || arch == "arm") {
				build.Default.GOOS = "linux"
			}
			if system == "windows" && arch == "arm" {
				build.Default.GOOS = "linux"
			}
			sizes := types.SizesFor("gc", arch)
			load := importer.ForCompiler(token.NewFileSet(), "source", nil)
			for _, path := range wanted {
				loaded, err := load.Import(path)
				if err != nil {
					fmt.Fprintln(os.Stderr, system, arch, path, err)
					os.Exit(1)
				}
				for _, name := range loaded.Scope().Names() {
					if object := loaded.Scope().Lookup(name); object.Exported() {
						if key, value := row(sizes, object); value != "" {
							values[key] = append(values[key], value)
						}
					}
				}
			}
		}
	}
	var lines []string
	for key, all := range values {
		if len(all) != len(systems)*len(arches) {
			continue
		}
		same := true
		for i := range all {
			same = same && all[i] == all[i%len(arches)]
		}
		first := all[:len(arches)]
		if strings.HasPrefix(key, "const ") {
			first = all[:1]
			for _, one := range all {
				same = same && one == all[0]
			}
		}
		if same {
			lines = append(lines, key+" "+strings.Join(first, " "))
		}
	}
	sort.Strings(lines)
	fmt.Printf("# %s %s\n", runtime.Version(), strings.Join(arches, " "))
	fmt.Println(strings.Join(lines, "\n"))
}
