// Prints as JSON what go/types makes of the structs of a file: architecture -> type -> size,
// alignment, and name, offset and size of each field. Arguments: file, architectures.
package main

import (
	"encoding/json"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
)

type layout struct {
	Size, Align int64
	Fields      [][3]any
}

func measure(sizes types.Sizes, s *types.Struct, t types.Type) layout {
	var fields []*types.Var
	for i := range s.NumFields() {
		fields = append(fields, s.Field(i))
	}
	out := layout{sizes.Sizeof(t), sizes.Alignof(t), [][3]any{}}
	for i, offset := range sizes.Offsetsof(fields) {
		out.Fields = append(out.Fields, [3]any{fields[i].Name(), offset, sizes.Sizeof(fields[i].Type())})
	}
	return out
}

func name(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Name() == "generated" {
			return ""
		}
		if p.Path() == "sync/atomic" { // as the generated file imports it
			return "at"
		}
		return p.Name()
	})
}

func main() {
	hostTags := build.Default.ToolTags
	found := map[string]map[string]layout{}
	for _, arch := range os.Args[2:] {
		build.Default.GOARCH, build.Default.CgoEnabled, build.Default.ToolTags = arch, false, nil
		for _, tag := range hostTags {
			if !strings.Contains(tag, "regabi") || strings.HasSuffix(arch, "64") {
				build.Default.ToolTags = append(build.Default.ToolTags, tag)
			}
		}
		sizes := types.SizesFor("gc", arch)
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, os.Args[1], nil, 0)
		if err != nil {
			panic(err)
		}
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}}
		config := types.Config{Importer: importer.ForCompiler(files, "source", nil), Sizes: sizes}
		if _, err := config.Check("generated", files, []*ast.File{file}, info); err != nil {
			panic(err)
		}
		all := map[string]layout{}
		add := func(t types.Type) {
			defer func() { _ = recover() }() // an instance whose arguments are type parameters has no size
			named, ok := types.Unalias(t).(*types.Named)
			if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Name() != "generated" {
				return
			}
			if s, ok := named.Underlying().(*types.Struct); ok && named.TypeArgs().Len() == named.TypeParams().Len() {
				all[name(named)] = measure(sizes, s, named)
			}
		}
		for _, object := range info.Defs {
			if typed, ok := object.(*types.TypeName); ok {
				add(typed.Type())
			}
		}
		for _, typed := range info.Types {
			add(typed.Type)
		}
		found[arch] = all
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}
